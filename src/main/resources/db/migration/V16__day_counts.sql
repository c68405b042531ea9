-- What was stored on each day of the instance's zone, for the quotas of a day.
CREATE TABLE day_counts (
  day TEXT PRIMARY KEY,
  documents INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);
