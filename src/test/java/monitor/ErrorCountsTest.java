package monitor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import ledger.Ledger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.PipelineListener.Captcha;

class ErrorCountsTest {
  @Test
  void aWrongCaptchaIsCountedAsOne(@TempDir Path folder) {
    try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"))) {
      ErrorCounts errors = new ErrorCounts(ledger);
      assertThat(errors.all()).containsEntry("captcha", 0L);
      errors.captcha(Captcha.ASKED);
      errors.captcha(Captcha.WRONG);
      assertThat(errors.all()).containsEntry("captcha", 1L).containsEntry("script", 0L);
    }
  }
}
