/**
 * What a handful of seeds allows to say: mean, spread, interval, paired test. Knows numbers only.
 * Start at {@link org.finegrain.report.statistics.Summary}.
 */
package org.finegrain.report.statistics;
