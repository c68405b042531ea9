/**
 * A portal that speaks as the eCourts judgment search does, for the demo and for tests. Shares no
 * code with the dialect that harvests it, so that a mistake of one is found by the other. May call
 * {@code demo}.
 */
package demo.ecourts;
