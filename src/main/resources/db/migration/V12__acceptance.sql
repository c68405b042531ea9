-- A person has accepted that the document will not come.
ALTER TABLE documents ADD COLUMN accepted_at INTEGER;     -- milliseconds since 1970
ALTER TABLE documents ADD COLUMN note TEXT;               -- why
ALTER TABLE unstored_rows ADD COLUMN accepted_at INTEGER; -- as the manifest of its page says it
