-- For the lists of failures by reason, and their counts.
CREATE INDEX unstored_rows_reason ON unstored_rows (reason, page);
