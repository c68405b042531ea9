/** Serves the files of the dashboards, from a fixed list. May call {@code model} only. */
package api.web;
