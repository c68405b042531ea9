/**
 * The console hawtio and the Jolokia behind it, on the management port. Nothing of it is loaded
 * while {@code hawtio.user} and {@code hawtio.password} are not set. May call {@code config} only.
 */
@NullMarked
package api.hawtio;

import org.jspecify.annotations.NullMarked;
