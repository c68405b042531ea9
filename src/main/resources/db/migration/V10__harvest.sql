-- The harvest that this ledger belongs to: values by configuration key.
CREATE TABLE harvest (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
