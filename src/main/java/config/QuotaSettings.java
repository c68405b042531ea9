package config;

/**
 * How much an instance stores in a day.
 *
 * @param documents {@link Long#MAX_VALUE} for no limit
 * @param bytes {@link Long#MAX_VALUE} for no limit
 */
public record QuotaSettings(long documents, long bytes) {
  private static final long LARGEST = 1L << 60;

  static QuotaSettings read(Values values) {
    return new QuotaSettings(
        values.text(ConfigKey.MAX_DOCUMENTS_PER_DAY).isEmpty()
            ? Long.MAX_VALUE
            : values.number(ConfigKey.MAX_DOCUMENTS_PER_DAY, 1, LARGEST),
        values.text(ConfigKey.MAX_BYTES_PER_DAY).isEmpty()
            ? Long.MAX_VALUE
            : values.size(ConfigKey.MAX_BYTES_PER_DAY, LARGEST));
  }

  /** Whether there is a limit. */
  public boolean isLimited() {
    return documents != Long.MAX_VALUE || bytes != Long.MAX_VALUE;
  }
}
