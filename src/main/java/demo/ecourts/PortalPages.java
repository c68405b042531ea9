package demo.ecourts;

/** The portal's HTML pages, apart from the rows of the listing. */
final class PortalPages {
  /** The address of captcha images. */
  static final String IMAGE = PortalRequest.HOME + "vendor/securimage/securimage_show.php";

  /** The length of the portal's page for a document it does not have. */
  private static final int NOT_FOUND_BYTES = 315;

  private PortalPages() {}

  /** The search page. */
  static String search(String token) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head><meta charset="utf-8"><title>Judgments and Orders</title></head>
        <body>
        <h1>Judgments of the High Courts</h1>
        <p>A demonstration: every case, court and name here is made up.</p>
        <form id="frm_search" method="post">
        <input type="text" id="search_text" name="search_text">
        <img id="captcha_image" src="%s" alt="CAPTCHA">
        <input type="text" id="captcha" name="captcha" maxlength="6">
        <input type="hidden" id="app_token" name="app_token" value="%s">
        </form>
        </body>
        </html>
        """
        .formatted(image(), token);
  }

  /** The page sent instead of a document when a captcha must be solved first. */
  static String captcha() {
    return """
        <div class='col-md-auto p-0 ms-3'><img style='border:1px solid #ccc;' \
        id='captcha_image_pdf' src='%s' alt='CAPTCHA' tabindex='0' width='120'/>\
        <input type='text' id='captchapdf' name='captchapdf' maxlength='6'></div>"""
        .formatted(image());
  }

  private static String image() {
    return IMAGE + "?" + RandomWords.hex(16);
  }

  /** The page sent, with status 200, for an address that is invalid or has expired. */
  static String notFound() {
    String page =
        """
        <!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">
        <html><head>
        <title>404 Not Found</title>
        </head><body>
        <h1>Not Found</h1>
        <p>The requested URL was not found on this server.</p>
        <hr>
        <address>Apache Server</address>
        </body></html>
        """;
    return page + " ".repeat(NOT_FOUND_BYTES - page.length());
  }
}
