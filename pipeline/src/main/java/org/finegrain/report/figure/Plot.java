package org.finegrain.report.figure;

import java.util.List;

/**
 * One pair of axes.
 *
 * @param categories labels of x = 0, 1, …; empty where x is a number
 * @param series at least one with a finite point
 */
public record Plot(
    String title, String xLabel, String yLabel, List<String> categories, List<Series> series) {
  boolean isCategorical() {
    return !categories.isEmpty();
  }
}
