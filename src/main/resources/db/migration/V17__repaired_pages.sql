-- An audit has found the page damaged: it is listed again from its source, and its objects are looked at.
ALTER TABLE pages ADD COLUMN repair INTEGER NOT NULL DEFAULT 0;
