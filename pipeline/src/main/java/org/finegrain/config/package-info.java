/**
 * Typed, validated settings read from HOCON. Start at {@link
 * org.finegrain.config.ExperimentConfig}.
 *
 * <p>Depends on Typesafe Config, and on Commons Text for the distance between keys. Promise: past
 * this package every value is right by construction; all faults of a configuration are reported at
 * once, with key, value and file:line.
 */
package org.finegrain.config;
