package monitor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import ledger.Ledger;
import model.Failure;
import model.FailureReason;
import pipeline.PipelineListener;
import scripts.ScriptChange;
import scripts.ScriptListener;
import scripts.ScriptStatus;

/** Counts errors by kind: every failed attempt at a document, a page or an upload. */
public final class ErrorCounts implements PipelineListener, ScriptListener {
  private static final String SCRIPT = "script";
  private static final String UPLOAD = "s3_upload";
  private static final String TIMEOUT = "network_timeout";
  private static final String CAPTCHA = "captcha";
  private static final String HTTP = "http";
  private static final String ROBOTS = "robots";

  /** Kinds that are always shown. */
  private static final List<String> KINDS =
      List.of(
          SCRIPT,
          UPLOAD,
          TIMEOUT,
          CAPTCHA,
          ROBOTS,
          FailureReason.CONNECT.word(),
          FailureReason.RESET.word(),
          HTTP,
          FailureReason.GONE.word(),
          FailureReason.NOT_PDF.word(),
          FailureReason.TRUNCATED.word(),
          FailureReason.EMPTY.word(),
          FailureReason.UNREADABLE.word());

  private final Ledger ledger;

  public ErrorCounts(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Counts failures caused by the portal or the store. */
  @Override
  public void failed(Failure failure) {
    switch (failure.kind()) {
      case PORTAL ->
          failure.reason().map(ErrorCounts::kind).ifPresent(ledger.instance()::countError);
      case ROBOTS -> ledger.instance().countError(ROBOTS);
      case STORE_REFUSED, STORE_AWAY -> ledger.instance().countError(UPLOAD);
      default -> {} // caused neither by the portal nor by the store
    }
  }

  /** Counts scripts that need a person's help. */
  @Override
  public void changed(ScriptChange change) {
    if (change.now() == ScriptStatus.ERROR && change.before() != ScriptStatus.ERROR) {
      ledger.instance().countError(SCRIPT);
    }
  }

  /** Counts captchas that a person read wrongly. */
  @Override
  public void captcha(Captcha what) {
    if (what == Captcha.WRONG) {
      ledger.instance().countError(CAPTCHA);
    }
  }

  private static String kind(FailureReason reason) {
    if (reason.equals(FailureReason.TIMEOUT)) {
      return TIMEOUT;
    }
    return reason.isHttp() ? HTTP : reason.word();
  }

  /** The count of every kind. */
  public Map<String, Long> all() {
    Map<String, Long> all = new LinkedHashMap<>();
    KINDS.forEach(kind -> all.put(kind, 0L));
    all.putAll(new TreeMap<>(ledger.instance().errors()));
    return all;
  }
}
