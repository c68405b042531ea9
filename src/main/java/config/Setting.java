package config;

/**
 * A value as somebody wrote it.
 *
 * @param value not empty, without white space around it
 * @param source who wrote it, in the words of a message: {@code HARVEST_PAGE_SIZE in .env}; null
 *     for a built-in default
 */
record Setting(String value, String source) {}
