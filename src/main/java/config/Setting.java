package config;

import org.jspecify.annotations.Nullable;

/**
 * A value as it was given.
 *
 * @param value trimmed; not empty, unless the key may be
 * @param source where it comes from, for messages: {@code HARVEST_PAGE_SIZE in .env}; null for a
 *     built-in default
 */
record Setting(String value, @Nullable String source) {}
