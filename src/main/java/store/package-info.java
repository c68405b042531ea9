/**
 * The bucket: its client, documents, manifests, and the spool. No AWS type leaves this package. May
 * call {@code config} and {@code model}.
 */
@NullMarked
package store;

import org.jspecify.annotations.NullMarked;
