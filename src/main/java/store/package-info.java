/**
 * The bucket: its client, documents, manifests, and the spool. No AWS type leaves this package. May
 * call {@code config} and {@code model}.
 */
package store;
