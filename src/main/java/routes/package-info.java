/**
 * Every Camel route: scripts, page, document, portal, REST. What the program does with a page and a
 * document can be read here and nowhere else; what the steps do is in {@code pipeline} and {@code
 * api}.
 */
package routes;
