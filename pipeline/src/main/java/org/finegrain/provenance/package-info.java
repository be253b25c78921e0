/**
 * Trains a complete run a second time from its own configuration, and compares the two runs bit for
 * bit.
 *
 * <p>Start at {@link org.finegrain.provenance.Reproduction}; {@link
 * org.finegrain.provenance.Comparison} lists what is equal and what differs. The package reads run
 * folders as {@code docs/formats.md} specifies them, and trains only through {@code train}.
 *
 * <p>Promise: it writes to the folder of the new run alone.
 */
package org.finegrain.provenance;
