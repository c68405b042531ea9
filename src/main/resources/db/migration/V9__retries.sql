-- What had been given up, and is tried again, is counted beside what is done.
ALTER TABLE documents ADD COLUMN retrying INTEGER NOT NULL DEFAULT 0; -- queued again after it was given up
ALTER TABLE pages ADD COLUMN retrying INTEGER NOT NULL DEFAULT 0;     -- documents that this page brought and that are tried again
