-- What the portal said of the bytes that are stored, to ask whether it has others now.
ALTER TABLE documents ADD COLUMN etag TEXT;
ALTER TABLE documents ADD COLUMN last_modified TEXT;
ALTER TABLE documents ADD COLUMN previous_sha256 BLOB; -- of the bytes that the stored ones have replaced

CREATE INDEX documents_replaced ON documents (page) WHERE previous_sha256 IS NOT NULL;

-- The page's stored documents are to be asked for again.
ALTER TABLE pages ADD COLUMN refresh INTEGER NOT NULL DEFAULT 0;
