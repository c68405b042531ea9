/**
 * All Camel routes, and nothing else: scripts, page, document, portal, REST. They show what the
 * program does with a page and a document; the steps they call are in {@code pipeline} and {@code
 * api}. May call these two and {@code model}.
 */
@NullMarked
package routes;

import org.jspecify.annotations.NullMarked;
