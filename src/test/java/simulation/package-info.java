/** The program on virtual time, with everything that goes wrong drawn from one seed. */
package simulation;
