package simulation;

/** Where a process meets what is outside. */
enum Port {
  PORTAL,
  STORE,
  COMMIT,
  SPOOL
}
