/**
 * What the routes' steps do with a page and a document. May call {@code scripts}, {@code store},
 * {@code ledger}, {@code portal} and below; sends events to {@link pipeline.PipelineListener}s.
 */
@NullMarked
package pipeline;

import org.jspecify.annotations.NullMarked;
