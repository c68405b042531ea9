package audit;

/**
 * What an audit does in addition to comparing the manifests with the list of objects.
 *
 * @param hashes which hashes it compares
 * @param ledgers are asked about documents that no manifest names
 * @param repairs receive what would fix the findings
 * @param progress is told of its progress
 * @param parallel how many calls of the store at once
 */
public record AuditOptions(
    HashOptions hashes, Ledgers ledgers, Repairs repairs, AuditProgress progress, int parallel) {
  /** Calls of the store at once; the client needs as many connections. */
  public static final int PARALLEL = 16;

  /** Only the comparison. */
  public static final AuditOptions PLAIN =
      new AuditOptions(HashOptions.NONE, Ledgers.NONE, Repairs.NONE, AuditProgress.NONE, PARALLEL);

  /** A copy that compares hashes. */
  public AuditOptions with(HashOptions compared) {
    return new AuditOptions(compared, ledgers, repairs, progress, parallel);
  }

  /** A copy that asks these ledgers. */
  public AuditOptions with(Ledgers asked) {
    return new AuditOptions(hashes, asked, repairs, progress, parallel);
  }

  /** A copy that passes what it finds to these repairs. */
  public AuditOptions with(Repairs told) {
    return new AuditOptions(hashes, ledgers, told, progress, parallel);
  }

  /** A copy that reports its progress. */
  public AuditOptions with(AuditProgress told) {
    return new AuditOptions(hashes, ledgers, repairs, told, parallel);
  }

  /** A copy with this many calls at once. */
  public AuditOptions with(int calls) {
    return new AuditOptions(hashes, ledgers, repairs, progress, calls);
  }
}
