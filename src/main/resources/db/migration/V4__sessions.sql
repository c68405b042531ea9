-- What a script's conversation with the portal must know again after a restart.
CREATE TABLE sessions (
  script INTEGER PRIMARY KEY,
  state  TEXT NOT NULL
);
