/**
 * Reads golden vectors: inputs, parameters and expected values that a reference implementation
 * wrote.
 *
 * <p>Start at {@link org.finegrain.golden.GoldenFile}. The system property {@code finegrain.golden}
 * names the folder of the files, so that other vectors of the same format can be tested too.
 *
 * <p>Promise: a case that cannot be run is skipped by name, and a NaN never passes.
 */
package org.finegrain.golden;
