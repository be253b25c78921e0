/**
 * Computes the statistics of a paper's comparison tables. Three questions are kept apart:
 *
 * <ul>
 *   <li>Does one method train better nets than another? Over seeds: start at {@link
 *       org.finegrain.report.statistics.OneWayLayout}. {@link
 *       org.finegrain.report.statistics.Ranking} names the bold and the underlined row, {@link
 *       org.finegrain.report.statistics.SeedComparison} compares two rows, and {@link
 *       org.finegrain.report.statistics.SeedPower} says what the seeds can find.
 *   <li>Do these nets differ on new images? Over images: start at {@link
 *       org.finegrain.report.statistics.ImageHits}.
 *   <li>Is one method better across datasets? Over datasets: start at {@link
 *       org.finegrain.report.statistics.MeanRanks}.
 * </ul>
 *
 * <p>The package knows numbers only. {@code docs/statistics.md} explains each of them.
 *
 * <p>Promise: equal inputs give equal numbers. Where the numbers allow no statement, the result is
 * NaN, empty or a p value of 1, never a statement by chance of rounding.
 */
package org.finegrain.report.statistics;
