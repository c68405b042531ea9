package simulation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import model.FailureReason;
import model.Validators;
import portal.AllowedHosts;
import portal.CaptchaException;
import portal.Dialect;
import portal.Download;
import portal.Listing;
import portal.PortalException;
import portal.PortalHttp;
import portal.Reply;
import portal.Request;
import portal.Row;
import portal.RowCount;
import portal.SessionMemory;
import portal.http.DocumentFetch;
import portal.http.Redirects;

/** How the simulated {@link Portal} is read. */
final class SimulatedDialect implements Dialect {
  private static final int CAPTCHA = 403;

  private final RowCount count;
  private final DocumentFetch documents = new DocumentFetch();

  SimulatedDialect(int pageSize, int pages) {
    this.count = new RowCount(pageSize, pages);
  }

  @Override
  public Session open(PortalHttp http, SessionMemory memory) {
    return new Reading(new Redirects(new AllowedHosts(List.of("portal.test")), 3).around(http));
  }

  private final class Reading implements Session {
    private final PortalHttp http;

    Reading(PortalHttp http) {
      this.http = http;
    }

    @Override
    public int parallel() {
      return Integer.MAX_VALUE;
    }

    @Override
    public Listing list(int page) {
      URI address = URI.create(Portal.ROOT + "/list/" + page);
      Reply reply = http.send(Request.page(address));
      if (reply.status() == CAPTCHA) {
        throw new CaptchaException("the portal asks for a captcha", "data:image");
      }
      DocumentFetch.requireFound(reply, address.toString());
      String[] lines = reply.text(StandardCharsets.US_ASCII).split("\n");
      if (!lines[0].startsWith("total ")) {
        throw new PortalException(FailureReason.UNREADABLE, address + " is no list");
      }
      List<Row> rows = new ArrayList<>();
      for (int i = 1; i < lines.length; i++) {
        boolean own = lines[i].startsWith(Portal.ROOT);
        rows.add(
            new Row(
                i,
                lines[i].substring(lines[i].indexOf('/', 8) + 1),
                lines[i],
                own ? null : FailureReason.FOREIGN_HOST,
                Map.of()));
      }
      OptionalLong total = OptionalLong.of(Long.parseLong(lines[0].substring(6)));
      count.require(rows.size(), page, total, address.toString());
      return new Listing(page, rows, total);
    }

    @Override
    public Download fetch(Row row, Path spool) {
      try {
        return documents
            .fetch(http, row, spool, Validators.NONE, Optional.empty(), download -> {})
            .orElseThrow();
      } catch (PortalException e) {
        if (e.httpStatus().orElse(0) == CAPTCHA) {
          throw new CaptchaException("the portal asks for a captcha", "data:image");
        }
        throw e;
      }
    }

    @Override
    public void answer(String captcha) {
      Reply reply = http.send(Request.page(URI.create(Portal.ROOT + "/answer/" + captcha)));
      if (reply.status() == CAPTCHA) {
        throw new CaptchaException("that was wrong", "data:image");
      }
    }
  }
}
