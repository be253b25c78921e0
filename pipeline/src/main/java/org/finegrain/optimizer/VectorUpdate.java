package org.finegrain.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.finegrain.parallel.ParallelLoop;

/**
 * The update of a slice of the flat weight vector: each group of parameters by its rule, in one
 * pass on all threads. Index 0 of every array is the first weight of the slice.
 */
public final class VectorUpdate {
  /**
   * The number of weights that a thread takes at a time: enough to be worth it, few enough to
   * share.
   */
  private static final int CHUNK = 1 << 16;

  private record Chunk(ParameterGroup group, int from, int to) {}

  private final List<Chunk> chunks = new ArrayList<>();
  private final float[][] state;

  /**
   * Creates the update of one slice. The state of the optimizer starts at 0.
   *
   * @param groups the groups of the whole vector
   * @param offset the index of the slice's first weight in the vector
   * @param length the number of weights in the slice
   */
  public VectorUpdate(List<ParameterGroup> groups, int offset, int length) {
    for (ParameterGroup group : groups) {
      int end = Math.min(group.to() - offset, length);
      for (int from = Math.max(group.from() - offset, 0); from < end; from += CHUNK) {
        chunks.add(new Chunk(group, from, Math.min(from + CHUNK, end)));
      }
    }
    state = new float[statesPerWeight(groups)][length];
  }

  /** Returns the largest number of states that a rule keeps for each weight. */
  public static int statesPerWeight(List<ParameterGroup> groups) {
    return groups.stream().mapToInt(group -> group.rule().stateNames().size()).max().orElse(0);
  }

  /**
   * Returns the state that the rules keep, not a copy. To continue a training, write its state into
   * it before the first step.
   */
  public float[][] state() {
    return state;
  }

  /** Updates the slice's weights in place. */
  public void update(float[] weights, float[] gradients, UpdateRule.Step step) {
    UpdateRule.Vector vector = new UpdateRule.Vector(weights, gradients, state);
    ParallelLoop.shared()
        .forEach(
            chunks.size(),
            index -> {
              Chunk chunk = chunks.get(index);
              ParameterGroup group = chunk.group();
              group
                  .rule()
                  .update(vector, chunk.from(), chunk.to(), step.scaled(group.rateFactor()));
            });
  }

  /**
   * Returns the sum of squares of the gradients that count in the norm. The order of the additions
   * does not depend on the threads.
   */
  public double sumOfSquares(float[] gradients) {
    double[] sums = new double[chunks.size()];
    ParallelLoop.shared()
        .forEach(
            sums.length,
            index -> {
              Chunk chunk = chunks.get(index);
              if (chunk.group().rule().usesGradient()) {
                sums[index] = sumOfSquares(gradients, chunk.from(), chunk.to());
              }
            });
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  /**
   * Returns the sum of squares. Four partial sums run side by side, so that the processor need not
   * wait for one addition to end before the next begins.
   */
  private static double sumOfSquares(float[] values, int from, int to) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < to; i += 4) {
      s0 += (double) values[i] * values[i];
      s1 += (double) values[i + 1] * values[i + 1];
      s2 += (double) values[i + 2] * values[i + 2];
      s3 += (double) values[i + 3] * values[i + 3];
    }
    for (; i < to; i++) {
      s0 += (double) values[i] * values[i];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
