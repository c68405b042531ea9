/** Reads addresses as browsers do: the WHATWG URL standard. Calls no other package. */
@NullMarked
package model.web;

import org.jspecify.annotations.NullMarked;
