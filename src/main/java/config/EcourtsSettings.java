package config;

import java.time.LocalDate;
import java.util.List;

/**
 * The {@code portal.ecourts.*} keys, checked.
 *
 * @param languages codes of further versions of a judgment to be harvested beside the first, as
 *     {@code PUN}; {@code all} alone for every one; empty for none
 * @param stateCode the court whose judgments are listed, as {@code 27~1}; null for all
 * @param from first decision date that is listed; null for no limit
 * @param to last decision date that is listed; null for no limit
 * @param fcourtType 2 for the High Courts, 3 for the Supreme Court
 */
public record EcourtsSettings(
    List<String> languages, String stateCode, LocalDate from, LocalDate to, String fcourtType) {

  /** Whether a version in this language is a document of its own. */
  public boolean wants(String language) {
    return languages.contains("all") || languages.contains(language);
  }
}
