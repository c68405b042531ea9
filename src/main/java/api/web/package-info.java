/** The files of the dashboards, from a fixed list. May call {@code model} alone. */
package api.web;
