-- What is wrong with a stored document: no_eof, or nothing.
ALTER TABLE documents ADD COLUMN defect TEXT;

-- The last download of a PDF that lacked its end. The same bytes a second time are what the portal has.
CREATE TABLE unended_downloads (
  id     TEXT PRIMARY KEY,
  sha256 BLOB NOT NULL
) WITHOUT ROWID;
