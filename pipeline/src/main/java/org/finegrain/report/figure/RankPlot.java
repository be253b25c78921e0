package org.finegrain.report.figure;

import java.util.List;

/**
 * A diagram of mean ranks with the critical difference. Bars join the methods that do not differ.
 *
 * <p>Source: J. Demšar, "Statistical comparisons of classifiers over multiple data sets", Journal
 * of Machine Learning Research 7 (2006), figure 1.
 *
 * @param methods the methods, at least two
 * @param criticalDifference the difference from which on two mean ranks differ
 */
public record RankPlot(String title, List<Method> methods, double criticalDifference)
    implements Plot {
  private static final int HEAD = 74;
  private static final int LINE = 19;

  /** A method and its mean rank, from 1 for the best to the number of methods. */
  public record Method(String name, double rank) {}

  @Override
  public String yLabel() {
    return "";
  }

  @Override
  public List<Double> ys() {
    return List.of();
  }

  @Override
  public List<String> legend() {
    return List.of();
  }

  @Override
  public int height() {
    return HEAD + LINE * methods.size();
  }
}
