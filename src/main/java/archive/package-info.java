/**
 * The bucket: its client, manifests, the spool before it, and the audit that proves what it holds.
 * May call the ledger.
 */
package archive;
