/**
 * A portal of each type and an S3 store inside the process, for the demo and for tests. Calls
 * nothing of ours.
 */
package demo;
