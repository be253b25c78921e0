/**
 * Deterministic random numbers. Start at {@link org.finegrain.random.Seeds}. Depends on nothing.
 *
 * <p>Promise: no random choice in finegrain depends on a clock, a thread or the partitioning.
 */
package org.finegrain.random;
