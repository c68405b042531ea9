package app;

import api.dto.GovernorData;
import model.ApiFormat;
import model.Redactor;
import portal.http.Hold;
import portal.http.Limits;

/** The limits of the requests to the portal, as the API shows them. */
final class GovernorFigures {
  private GovernorFigures() {}

  static GovernorData of(Limits.State state) {
    return new GovernorData(
        state.rate(),
        state.concurrency(),
        state.hold().map(hold -> ApiFormat.time(hold.until())).orElse(null),
        state.hold().map(Hold::reason).map(Redactor::redact).orElse(null));
  }
}
