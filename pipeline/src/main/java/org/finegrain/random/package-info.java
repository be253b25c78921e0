/**
 * Derives the random numbers of every choice from a seed and from what the choice is about.
 *
 * <p>Start at {@link org.finegrain.random.Seeds}. The package knows the JDK alone, and every other
 * package may use it.
 *
 * <p>Promise: no random choice in finegrain depends on a clock, a thread or the partitioning.
 */
package org.finegrain.random;
