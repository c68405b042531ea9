-- A person has accepted the page as it is, though nothing of it could be had.
ALTER TABLE pages ADD COLUMN accepted INTEGER NOT NULL DEFAULT 0;
