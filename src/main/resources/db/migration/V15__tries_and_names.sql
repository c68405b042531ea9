-- The failed tries of a document, the latest few of each, and a success that came to nothing later.
-- A document that is stored at its first try has none.
CREATE TABLE tries (
  id          TEXT    NOT NULL,
  number      INTEGER NOT NULL,
  at          INTEGER NOT NULL, -- milliseconds since 1970
  reason      TEXT,             -- nothing for a success
  http_status INTEGER,          -- nothing if the portal did not answer
  PRIMARY KEY (id, number)
) WITHOUT ROWID;

-- The closed pages that list a name: the digest of a CNR, or of an address that the id does not follow from.
CREATE TABLE names (
  name INTEGER NOT NULL,
  page INTEGER NOT NULL,
  PRIMARY KEY (name, page)
) WITHOUT ROWID;
