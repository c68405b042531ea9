/**
 * Proves or disproves, from the bucket alone, that it holds what the manifests say. May call {@code
 * store} and below.
 */
package audit;
