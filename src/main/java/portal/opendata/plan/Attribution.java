package portal.opendata.plan;

/** The attribution that the licence of the open data demands. */
public final class Attribution {
  /** In one line. */
  public static final String LINE =
      "Indian High Court Judgments, Dattam Labs (vanga), AWS Open Data, CC-BY-4.0,"
          + " https://registry.opendata.aws/indian-high-court-judgments/";

  /** Beside the manifests. */
  static final String TEXT =
      LINE
          + """


          The documents below this bucket's document prefix that have "source":"opendata" in their
          manifests were copied from this data set, unchanged. Its licence is Creative Commons
          Attribution 4.0 International, https://creativecommons.org/licenses/by/4.0/: name it, as in
          the line above, wherever you pass them on.
          """;

  private Attribution() {}
}
