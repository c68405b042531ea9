-- A page of the listing. One that was never opened has no line here.
CREATE TABLE pages (
  page       INTEGER PRIMARY KEY,
  state      TEXT    NOT NULL,            -- open, complete, retry: complete but for documents queued again
  stored     INTEGER NOT NULL DEFAULT 0,  -- documents that this page brought and that are stored
  bytes      INTEGER NOT NULL DEFAULT 0,  -- and their size
  failed     INTEGER NOT NULL DEFAULT 0,  -- documents that this page brought and that failed
  attempts   INTEGER NOT NULL DEFAULT 0,  -- failures of the page as a whole since it was last complete
  reason     TEXT,                        -- of the last of them
  updated_at INTEGER NOT NULL             -- milliseconds since 1970
);

-- A document that was tried at least once. What is merely claimed lives in memory.
CREATE TABLE documents (
  id         TEXT    PRIMARY KEY,         -- its key in the bucket without the prefix
  page       INTEGER NOT NULL,            -- the page that brought it first
  state      TEXT    NOT NULL,            -- stored, queued, failed, rejected
  attempts   INTEGER NOT NULL,            -- failed tries since it was last queued by a person
  reason     TEXT,
  size       INTEGER,
  sha256     BLOB,
  updated_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX documents_failed ON documents (page) WHERE state = 'failed';

-- Rows of closed pages whose document is not in the bucket.
CREATE TABLE unstored_rows (
  page  INTEGER NOT NULL,
  row   INTEGER NOT NULL,
  id    TEXT    NOT NULL,
  url   TEXT,
  title TEXT,
  state TEXT    NOT NULL,                 -- failed, rejected
  reason TEXT   NOT NULL,
  PRIMARY KEY (page, row)
) WITHOUT ROWID;

CREATE INDEX unstored_rows_id ON unstored_rows (id);

-- Scripts that run, so that they go on after the instance went down.
CREATE TABLE running_scripts (
  script INTEGER PRIMARY KEY
);
