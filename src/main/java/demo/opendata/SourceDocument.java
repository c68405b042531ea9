package demo.opendata;

import demo.Judgment;
import demo.JudgmentPdf;
import demo.ecourts.EcourtsJudgment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A document of the source bucket, so that tests know what to expect.
 *
 * @param number of its {@link EcourtsJudgment}; several documents may share it
 * @param name of its files, without {@code .pdf} and {@code .json}
 * @param link {@code pdf_link}; null if the row has none
 * @param defect null if nothing is wrong with it
 * @param indexed whether the index of its partition names it
 * @param inTar whether a part holds it
 * @param isObject whether it exists as an object
 */
public record SourceDocument(
    int number,
    SourcePartition partition,
    String name,
    @Nullable String link,
    @Nullable SourceDefect defect,
    boolean indexed,
    boolean inTar,
    boolean isObject) {
  private static final JudgmentPdf PDF = new JudgmentPdf();

  static SourceDocument of(
      int number,
      SourcePartition partition,
      String name,
      @Nullable String link,
      @Nullable SourceDefect defect) {
    boolean indexed = true;
    boolean inTar = true;
    boolean isObject = true;
    if (defect == SourceDefect.NOWHERE || defect == SourceDefect.WITHHELD) {
      indexed = false;
      inTar = false;
      isObject = false;
    } else if (defect == SourceDefect.INDEXED_BUT_NOWHERE) {
      inTar = false;
      isObject = false;
    } else if (defect == SourceDefect.INDEXED_BUT_NOT_IN_TAR) {
      inTar = false;
    } else if (defect == SourceDefect.ONLY_AN_OBJECT) {
      indexed = false;
      inTar = false;
    } else if (defect == SourceDefect.IN_TAR_BUT_NOT_INDEXED) {
      indexed = false;
    } else if (defect == SourceDefect.ONLY_IN_TAR) {
      isObject = false;
    }
    return new SourceDocument(number, partition, name, link, defect, indexed, inTar, isObject);
  }

  SourceDocument placed(boolean nowIndexed, boolean nowInTar, boolean nowObject) {
    return new SourceDocument(
        number, partition, name, link, defect, nowIndexed, nowInTar, nowObject);
  }

  boolean has(SourceDefect wanted) {
    return defect == wanted;
  }

  /** The judgment that the eCourts simulator shows under the same path. */
  public EcourtsJudgment judgment() {
    return EcourtsJudgment.of(number);
  }

  /** Whether the portal does not list it, so that it could not be fetched from there. */
  boolean isOnlyHere() {
    return link != null && !judgment().path().filter(link::equals).isPresent();
  }

  /** The name of the PDF, in the tar and as an object. */
  public String pdfName() {
    return name + ".pdf";
  }

  /** The key of its object. */
  public String objectKey() {
    return "data/pdf/" + partition.path() + "/" + pdfName();
  }

  /** Whether there is metadata. */
  public boolean hasMetadata() {
    return defect != SourceDefect.NO_METADATA;
  }

  /** The document's id in a harvest: the portal's path, or the place in the source. */
  public String id() {
    return link != null && hasMetadata() ? link : "_opendata/" + objectKey();
  }

  /** The bytes that a harvest stores; empty if the source does not have it, or not whole. */
  public Optional<byte[]> whole() {
    boolean isBroken =
        defect == SourceDefect.NOT_A_PDF
            || defect == SourceDefect.CUT_OFF
            || defect == SourceDefect.EMPTY;
    boolean only = inTar && defect != SourceDefect.BROKEN_IN_TAR;
    return !isBroken && (only || isObject) ? Optional.of(pdf()) : Optional.empty();
  }

  /** Its bytes in a tar. */
  public byte[] inTarBytes() {
    return has(SourceDefect.BROKEN_IN_TAR) ? cut(pdf()) : objectBytes();
  }

  /** Its bytes as an object. */
  public byte[] objectBytes() {
    if (has(SourceDefect.EMPTY)) {
      return new byte[0];
    }
    if (has(SourceDefect.NOT_A_PDF)) {
      return "<html><body>Session expired</body></html>\n".getBytes(StandardCharsets.US_ASCII);
    }
    return has(SourceDefect.CUT_OFF) ? cut(pdf()) : pdf();
  }

  private static byte[] cut(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }

  /** Never the portal's bytes, which were recompressed. */
  private byte[] pdf() {
    try {
      return PDF.write(
          new Judgment(number), List.of("Recompressed: " + name, "In: " + partition.path()));
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }
}
