/**
 * Computes the statistics of a few seeds: mean and spread, confidence interval, paired test, and
 * its correction for several comparisons.
 *
 * <p>Start at {@link org.finegrain.report.statistics.Summary}. The package knows numbers only.
 *
 * <p>Promise: where the numbers allow no statement, the result is NaN or a p value of 1, never a
 * statement by chance of rounding.
 */
package org.finegrain.report.statistics;
