-- Nothing ever wrote them: a page that cannot be done makes its script wait or end in error.
ALTER TABLE pages DROP COLUMN attempts;
ALTER TABLE pages DROP COLUMN reason;
