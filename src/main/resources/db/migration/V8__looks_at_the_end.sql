-- The document was gone, and was queued once more because a script had reached the end of its pages.
ALTER TABLE documents ADD COLUMN looked_at_end INTEGER NOT NULL DEFAULT 0;
