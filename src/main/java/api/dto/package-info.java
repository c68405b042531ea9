/**
 * The API's JSON formats, one record each: the requests and responses of the handlers, also used by
 * the client in {@code api.client}. Fields are in snake case in JSON; a field without a value is
 * null. Calls no other package of {@code api}.
 *
 * <p>Not {@code @NullMarked}: {@code @Nullable} is what this version sends as null, but another
 * version may leave out any field.
 */
package api.dto;
