package model;

/**
 * A script's progress within its page.
 *
 * @param page number of the page
 * @param rows rows that it lists
 * @param done rows that are settled
 */
public record PageProgress(int page, int rows, int done) {}
