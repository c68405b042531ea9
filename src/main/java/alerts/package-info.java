/**
 * Alerts: what a person must know although nobody is looking at a dashboard, by mail and webhook,
 * and the daily digest. Sees an instance as the API shows it ({@code api.dto}), and may also call
 * {@code config} and {@code model}. No part of the harvest calls it.
 */
@NullMarked
package alerts;

import org.jspecify.annotations.NullMarked;
