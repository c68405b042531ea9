/**
 * The pipeline, as Camel routes, with the beans that they call. What the program does with a page
 * and a document can be read here and nowhere else. May call all rooms below.
 */
package routes;
