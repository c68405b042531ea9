/**
 * What the routes' steps do with a page and a document. May call {@code scripts}, {@code store},
 * {@code ledger}, {@code portal} and below; tells whoever watches through {@link
 * pipeline.PipelineListener}.
 */
package pipeline;
