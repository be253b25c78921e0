/**
 * Reads golden vectors: inputs, parameters and expected values that a reference implementation
 * wrote. Start at {@link org.finegrain.golden.GoldenFile}. The folder is that of the system
 * property {@code finegrain.golden}, so that other vectors of the same format can be run.
 */
package org.finegrain.golden;
