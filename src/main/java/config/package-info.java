/**
 * Every configuration key, where its value comes from, the checks, and the settings as records. May
 * call {@code model} alone; everybody may read settings.
 */
package config;
