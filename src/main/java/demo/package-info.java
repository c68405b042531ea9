/**
 * An embedded portal and an embedded S3 store, for the demo and for tests. Calls no other package.
 */
@NullMarked
package demo;

import org.jspecify.annotations.NullMarked;
