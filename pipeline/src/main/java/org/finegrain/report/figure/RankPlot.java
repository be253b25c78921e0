package org.finegrain.report.figure;

import java.util.ArrayList;
import java.util.Comparator;
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
  /** The distances between the axis, the bars and the names, in heights of a line. */
  static final double FIRST_BAR = 0.6;

  static final double BAR_STEP = 0.4;
  private static final double ABOVE_BARS = 3.2; // the critical difference, the axis and margins
  private static final int LINE = 20;
  private static final int MARGINS = 18;
  private static final int TITLE = 24;

  /** A method and its mean rank, from 1 for the best to the number of methods. */
  public record Method(String name, double rank) {}

  /** Returns the methods from the best to the worst. */
  List<Method> sorted() {
    return methods.stream().sorted(Comparator.comparingDouble(Method::rank)).toList();
  }

  /** Returns the largest groups of methods of which no two differ, where they have two or more. */
  List<List<Method>> cliques() {
    List<Method> sorted = sorted();
    List<List<Method>> cliques = new ArrayList<>();
    int reached = 0;
    for (int from = 0; from < sorted.size(); from++) {
      int to = from + 1;
      while (to < sorted.size()
          && sorted.get(to).rank() - sorted.get(from).rank() < criticalDifference) {
        to++;
      }
      if (to > reached && to - from > 1) {
        cliques.add(sorted.subList(from, to));
      }
      reached = Math.max(reached, to);
    }
    return cliques;
  }

  /** Returns the height of the diagram without its title, in heights of a line. */
  double lines() {
    return ABOVE_BARS + cliques().size() * BAR_STEP + Math.ceil(methods.size() / 2.0);
  }

  @Override
  public String xLabel() {
    return "";
  }

  @Override
  public String yLabel() {
    return "";
  }

  @Override
  public int height() {
    return MARGINS + (title.isEmpty() ? 0 : TITLE) + (int) Math.ceil(LINE * lines());
  }
}
