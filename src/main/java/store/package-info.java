/**
 * The bucket: its client, documents, manifests, the spool before it. May call {@code config} and
 * {@code model}.
 */
package store;
