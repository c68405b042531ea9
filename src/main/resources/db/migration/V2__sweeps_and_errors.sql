-- Scripts that were told to walk their pages again. The last of all scripts then follows the
-- portal's total past its configured end.
CREATE TABLE sweeps (
  script    INTEGER PRIMARY KEY,
  last_page INTEGER NOT NULL              -- of the script's range as it is now
);

-- What went wrong so far, documents and pages alike: every try counts.
CREATE TABLE errors (
  kind  TEXT    PRIMARY KEY,
  count INTEGER NOT NULL
);

-- One line, written now and then to prove that the ledger can be written.
CREATE TABLE heartbeat (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  written_at INTEGER NOT NULL             -- milliseconds since 1970
);
