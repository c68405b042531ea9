package demo.ecourts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import org.junit.jupiter.api.Test;

class PortalRecordTest {
  @Test
  void howeverLongADemoRunsTheLatestRequestsAndDocumentsAreKept() {
    PortalRecord record = new PortalRecord();
    PortalRequest request =
        new PortalRequest(
            PortalCall.Kind.OPEN, "/pdfsearch/", new Headers(), SubmittedForm.parse("val=1"));
    for (int number = 1; number <= PortalRecord.MOST_KEPT + 2; number++) {
      record.add(request, "order.pdf", number);
      record.servedDocument("order " + number);
    }

    assertThat(record.calls()).hasSize(PortalRecord.MOST_KEPT);
    assertThat(record.calls().get(0).session()).isEqualTo(3);
    assertThat(record.calls().get(0).before()).isEqualTo(2);
    assertThat(record.served()).hasSize(PortalRecord.MOST_KEPT).startsWith("order 3");
  }
}
