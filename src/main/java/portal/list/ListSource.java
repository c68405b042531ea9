package portal.list;

import config.PortalSettings;
import config.SettingKey;
import config.UsageException;
import config.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import model.FailureReason;
import model.Redactor;
import model.web.WebAddress;
import portal.AllowedHosts;
import portal.PortalAccess;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.RobotsException;
import portal.SourceAwayException;
import portal.SurveyContext;
import portal.http.Redirects;
import store.Store;
import store.StoreException;

/** Where a list lies: a file, an http or https address, or {@code s3://bucket/key}. */
public final class ListSource {
  /** What such a key expects, for messages. */
  public static final String WORDS =
      "a file, an http or https address, or s3://bucket/key of a list in CSV or JSON lines";

  private static final Pattern SCHEME = Pattern.compile("(?i)[a-z][a-z0-9+.-]+://.*");
  private static final Pattern OBJECT =
      Pattern.compile("(?i)s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.+)");

  private final SettingKey key;
  private final String text;
  private final Values values;

  private ListSource(SettingKey key, String text, Values values) {
    this.key = key;
    this.text = text;
    this.values = values;
  }

  /**
   * The list that a key names; empty if it is not set.
   *
   * @throws UsageException if it cannot be one
   */
  public static Optional<ListSource> of(SettingKey key, Values values) {
    Optional<ListSource> source = values.text(key).map(text -> new ListSource(key, text, values));
    source.ifPresent(ListSource::require);
    return source;
  }

  private void require() {
    if (SCHEME.matcher(text).matches() && !isObject() && address().isEmpty()) {
      throw values.mistake(key, "is not " + WORDS);
    }
  }

  private boolean isObject() {
    return OBJECT.matcher(text).matches();
  }

  /** Its address, if it has one that is http or https. */
  public Optional<URI> address() {
    return SCHEME.matcher(text).matches() && !text.regionMatches(true, 0, "s3:", 0, 3)
        ? values.webAddress(key, text, "portal.headers")
        : Optional.empty();
  }

  /** What it is called in messages. */
  String name() {
    return "%s: the list \"%s\"".formatted(key.key(), Redactor.redact(text));
  }

  /**
   * The list itself, if it is a file of this machine.
   *
   * @param folder that relative paths start from
   * @throws MissingListException if it cannot be read
   */
  Optional<Path> file(Path folder) {
    if (isObject() || address().isPresent()) {
      return Optional.empty();
    }
    try {
      Path file = folder.resolve(text);
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return Optional.of(file);
      }
    } catch (InvalidPathException e) { // it is no file
    }
    throw new MissingListException(
        "%s is not a file that can be read; expected %s".formatted(name(), WORDS));
  }

  /**
   * Copies a list that lies elsewhere.
   *
   * @param spool where to put it
   * @throws SourceAwayException if it cannot be read now
   * @throws UsageException if it cannot be read
   */
  void download(SurveyContext context, Path spool) {
    if (isObject()) {
      copyObject(context, spool);
    } else {
      ask(context, WebAddress.read(text).orElseThrow(), spool);
    }
  }

  private void copyObject(SurveyContext context, Path spool) {
    Matcher named = OBJECT.matcher(text);
    if (!named.matches()) {
      throw new IllegalStateException(text);
    }
    try (Store store = Store.open(context.configuration().store(), 1)) {
      if (!store.copy(named.group(1), named.group(2), spool)) {
        throw new MissingListException(
            "%s does not exist in the store; expected %s".formatted(name(), WORDS));
      }
    } catch (StoreException e) {
      throw new StoreException(
          e.kind(), e.status(), e.code(), "%s: %s".formatted(name(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask(SurveyContext context, WebAddress address, Path spool) {
    PortalSettings settings = context.configuration().portal().reading(address);
    try (PortalAccess door = context.doors().open(settings)) {
      PortalHttp http =
          new Redirects(new AllowedHosts(settings.allowedHosts()), settings.maxRedirects())
              .around(door.http());
      Reply reply = http.send(Request.document(address.requested(), spool));
      if (reply.status() != 200) {
        throw new MissingListException(
            "%s: %d is the answer; expected %s".formatted(name(), reply.status(), WORDS));
      }
    } catch (PortalException e) {
      boolean mayComeYet =
          e.isPause() || e.reason().isSilence() || e.reason().equals(FailureReason.TRUNCATED);
      throw mayComeYet ? away(e) : new UsageException(name() + ": " + e.getMessage(), e);
    } catch (RobotsException e) {
      throw away(e);
    }
  }

  private SourceAwayException away(RuntimeException e) {
    return new SourceAwayException("%s: %s".formatted(name(), e.getMessage()), e);
  }
}
