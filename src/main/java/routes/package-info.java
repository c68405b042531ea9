/**
 * All Camel routes, and nothing else: scripts, page, document, portal, REST. They show what the
 * program does with a page and a document; what the steps do is in {@code pipeline} and {@code
 * api}. May call these two, {@code monitor} and {@code model}.
 */
@NullMarked
package routes;

import org.jspecify.annotations.NullMarked;
