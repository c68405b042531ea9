-- The portal's list may change while it is read.
ALTER TABLE pages ADD COLUMN total INTEGER;                    -- documents that the portal listed in all when the page was last read
ALTER TABLE pages ADD COLUMN found INTEGER NOT NULL DEFAULT 0; -- documents that this page was the first to bring since it was last swept, or ever
