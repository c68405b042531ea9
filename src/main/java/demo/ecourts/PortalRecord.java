package demo.ecourts;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The requests {@link EcourtsPortal} received, and what it did with them. Thread-safe. */
public final class PortalRecord {
  /** Only this many are kept, because a demo may have any number of documents. */
  static final int MOST_KEPT = 10_000;

  private final Deque<PortalCall> calls = new ArrayDeque<>();
  private final Map<String, Integer> countBySubject = new HashMap<>();
  private final Deque<String> served = new ArrayDeque<>();
  private int sessions;
  private int captchasAsked;
  private int captchasRight;
  private int captchasWrong;
  private int overlaps;

  PortalRecord() {}

  /** The latest requests, in order of arrival. */
  public synchronized List<PortalCall> calls() {
    return List.copyOf(calls);
  }

  /** The latest requests that are of one kind, in order of arrival. */
  public List<PortalCall> calls(PortalCall.Kind kind) {
    return calls().stream().filter(call -> call.kind() == kind).toList();
  }

  /** The paths of the latest documents served, one for each time. */
  public synchronized List<String> served() {
    return List.copyOf(served);
  }

  /** How many sessions were opened. */
  public synchronized int sessions() {
    return sessions;
  }

  /** How often a request was refused because a captcha was not solved. */
  public synchronized int captchasAsked() {
    return captchasAsked;
  }

  /** How many captcha answers were correct. */
  public synchronized int captchasRight() {
    return captchasRight;
  }

  /** How many captcha answers were wrong. */
  public synchronized int captchasWrong() {
    return captchasWrong;
  }

  /** How often a POST arrived while another one of its session was being handled. */
  public synchronized int overlaps() {
    return overlaps;
  }

  synchronized PortalCall add(PortalRequest request, String subject, int session) {
    int count = countBySubject.merge(request.kind() + " " + subject, 1, Integer::sum);
    PortalCall call =
        new PortalCall(
            request.kind(),
            subject,
            count - 1,
            session,
            request.form().fields(),
            request.header("User-Agent"),
            System.nanoTime());
    keep(call, calls);
    return call;
  }

  synchronized void servedDocument(String path) {
    keep(path, served);
  }

  private static <T> void keep(T latest, Deque<T> all) {
    if (all.size() == MOST_KEPT) {
      all.removeFirst();
    }
    all.add(latest);
  }

  synchronized int openedSession() {
    sessions++;
    return sessions;
  }

  synchronized void askedCaptcha() {
    captchasAsked++;
  }

  synchronized void answeredCaptcha(boolean right) {
    if (right) {
      captchasRight++;
    } else {
      captchasWrong++;
    }
  }

  synchronized void overlapped() {
    overlaps++;
  }
}
