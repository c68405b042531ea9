/** What tests need around the program: a portal and a store with faults, and child processes. */
package testing;
