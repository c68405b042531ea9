/**
 * Configuration keys, the sources of their values, the checks, and the settings as records. May
 * call {@code model} and {@code platform} only.
 */
@NullMarked
package config;

import org.jspecify.annotations.NullMarked;
