-- The status of the portal's last answer for a document that is not stored; nothing if it did not answer.
ALTER TABLE documents ADD COLUMN http_status INTEGER;
