package portal.http;

/** How a request to the portal has ended. */
enum Ending {
  /** With a good answer. */
  ANSWERED,

  /** With an answer that asks for a pause. */
  PAUSED,

  /** With another answer, or with none. */
  FAILED
}
