/** The environment for tests: a portal and a store with faults, and ways to run the program. */
package testing;
