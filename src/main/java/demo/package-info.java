/**
 * A portal of each type and an S3 store inside the process, for the demo and for tests. Calls no
 * other package.
 */
package demo;
