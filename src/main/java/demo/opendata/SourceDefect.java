package demo.opendata;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The defects of the public bucket, in single documents or in a whole partition. */
public enum SourceDefect {
  /** The metadata says {@code downloaded}, but no PDF exists, and no index names it. */
  NOWHERE(true),
  /** The index names a PDF that is neither in the tar nor an object. */
  INDEXED_BUT_NOWHERE(true),
  /** The index names a PDF that the tar lacks; there is an object. */
  INDEXED_BUT_NOT_IN_TAR(true),
  /** An object and metadata, but no index names the PDF and no tar has it. */
  ONLY_AN_OBJECT(true),
  /** A member that the index does not name. */
  IN_TAR_BUT_NOT_INDEXED(true),
  /** A member without an object. */
  ONLY_IN_TAR(true),
  /** The index names it twice. */
  INDEXED_TWICE(true),
  /** The tar has it twice. */
  IN_TAR_TWICE(true),
  /** A PDF without metadata. */
  NO_METADATA(true),
  /** Not a PDF at all, in the tar and as an object. */
  NOT_A_PDF(true),
  /** A PDF without its end, in the tar and as an object. */
  CUT_OFF(true),
  /** No bytes at all, in the tar and as an object. */
  EMPTY(true),
  /** Without its end in the tar, whole as an object. */
  BROKEN_IN_TAR(true),
  /** Two further PDFs of the same CNR and date. */
  THREE_ORDERS(true),
  /** The same {@code pdf_link} in another bench, with other bytes. */
  LINK_IN_TWO_BENCHES(true),
  /** The same base name in another bench, with another {@code pdf_link}. */
  NAME_IN_TWO_BENCHES(true),
  /** A date in the name that cannot be right. */
  ODD_DATE(true),
  /** A name of more than 100 characters, which a plain tar header cannot hold. */
  LONG_NAME(true),
  /** A row without a button: metadata, but neither {@code pdf_link} nor PDF. */
  WITHHELD(true),
  /** A tar that no index names. */
  ORPHAN_TAR(false),
  /** A part that the index names, but that is gone; half of its PDFs are objects. */
  LOST_PART(false),
  /** A partition with metadata only. */
  NO_DATA(false),
  /** Tars without {@code data.index.json}. */
  NO_INDEX(false),
  /** {@code pdfs.tar}, {@code data.tar}, {@code metadata.tar.gz}. */
  OLD_NAMES(false),
  /** A {@code .tar.gz} of several gzip members. */
  GZIP_MEMBERS(false),
  /** Indexes without {@code scraped_through_date}. */
  NO_DATE(false),
  /** Tars as GNU tar and as Python write them. */
  TAR_FORMATS(false),
  /** {@code bench=testcase}, which is a bench like any other. */
  TESTCASE_BENCH(false);

  private final boolean ofDocument;

  SourceDefect(boolean ofDocument) {
    this.ofDocument = ofDocument;
  }

  /** Every defect. */
  public static Set<SourceDefect> all() {
    return EnumSet.allOf(SourceDefect.class);
  }

  /** Those of single documents. */
  static List<SourceDefect> ofDocuments() {
    return Arrays.stream(values()).filter(defect -> defect.ofDocument).toList();
  }
}
