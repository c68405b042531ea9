/**
 * What the program needs from Java and the operating system, and would need whatever it did:
 * threads, memory, files, TLS. Calls no other package; every other one may call it.
 */
@NullMarked
package platform;

import org.jspecify.annotations.NullMarked;
