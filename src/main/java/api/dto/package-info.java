/**
 * The API's JSON shapes, a record each: what the handlers answer and take, and what the client in
 * {@code api.client} reads. Fields are in snake case on the wire; one without a value is null.
 */
package api.dto;
