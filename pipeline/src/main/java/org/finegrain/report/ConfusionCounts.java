package org.finegrain.report;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A confusion matrix of which only the counts above 0 are held, because of 200 × 200 cells most are
 * 0.
 */
final class ConfusionCounts implements Serializable {
  private static final long serialVersionUID = 1;

  /** True class × 2³² + predicted class, ascending. */
  private final long[] cells;

  private final long[] counts;

  /**
   * A cell of the matrix.
   *
   * @param label the true class
   * @param predicted the predicted class
   * @param count the number of predictions, above 0
   */
  record Cell(int label, int predicted, long count) {}

  private ConfusionCounts(SortedMap<Long, Long> sums) {
    this.cells = sums.keySet().stream().mapToLong(Long::longValue).toArray();
    this.counts = sums.values().stream().mapToLong(Long::longValue).toArray();
  }

  /** Counts cells; each cell adds its own count. */
  static ConfusionCounts of(Stream<Cell> cells) {
    SortedMap<Long, Long> sums = new TreeMap<>();
    cells.forEach(cell -> sums.merge(key(cell.label(), cell.predicted()), cell.count(), Long::sum));
    return new ConfusionCounts(sums);
  }

  /** Returns the sum of two matrices. */
  ConfusionCounts plus(ConfusionCounts other) {
    return of(Stream.concat(cells(), other.cells()));
  }

  /** Returns the cells with counts, by true class and then by predicted class. */
  Stream<Cell> cells() {
    return IntStream.range(0, cells.length)
        .mapToObj(i -> new Cell((int) (cells[i] >>> Integer.SIZE), (int) cells[i], counts[i]));
  }

  /** Returns how often images of the class {@code label} were taken for {@code predicted}. */
  long count(int label, int predicted) {
    int place = Arrays.binarySearch(cells, key(label, predicted));
    return place < 0 ? 0 : counts[place];
  }

  private static long key(int label, int predicted) {
    return ((long) label << Integer.SIZE) | predicted;
  }
}
