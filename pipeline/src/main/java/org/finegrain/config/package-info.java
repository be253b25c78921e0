/**
 * Reads settings from HOCON into typed records, and checks them.
 *
 * <p>Start at {@link org.finegrain.config.ExperimentConfig}, which holds a record for each section.
 * {@code ConfigLayers} says which value counts, and {@code ConfigSection} reads and checks the keys
 * of a record. The package depends on Typesafe Config, and on Commons Text for the distance between
 * keys.
 *
 * <p>Promise: every value outside of this package is valid. All faults of a configuration are
 * reported at once, each with key, value and {@code file:line}.
 */
package org.finegrain.config;
