/** The dialect for the eCourts judgment search. May call {@code portal.http} and below. */
package portal.ecourts;
