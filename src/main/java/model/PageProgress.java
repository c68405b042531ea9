package model;

/**
 * How far a script is with its page.
 *
 * @param page number of the page
 * @param rows rows that it lists
 * @param done those that need nothing more
 */
public record PageProgress(int page, int rows, int done) {}
