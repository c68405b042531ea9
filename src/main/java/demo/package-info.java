/**
 * An embedded portal and an embedded S3 store, for the demo and for tests. Calls no other package.
 */
package demo;
