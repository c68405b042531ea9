package simulation;

/** The points at which a process calls the outside. */
enum Port {
  PORTAL,
  STORE,
  COMMIT,
  SPOOL
}
