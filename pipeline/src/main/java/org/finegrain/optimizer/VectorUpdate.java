package org.finegrain.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.finegrain.parallel.ParallelLoop;

/**
 * Changes a slice of the flat vector, each group of parameters by its rule, in one pass on all
 * threads. Index 0 of every array is the slice's first number.
 */
public final class VectorUpdate {
  /** Numbers that one thread takes at a time: enough to be worth it, few enough to share out. */
  private static final int CHUNK = 1 << 16;

  private record Chunk(ParameterGroup group, int from, int to) {}

  private final List<Chunk> chunks = new ArrayList<>();
  private final float[][] state;

  /**
   * @param groups of the whole vector
   * @param offset of the slice in it
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

  /** How many numbers are remembered of each weight, at most. */
  public static int statesPerWeight(List<ParameterGroup> groups) {
    return groups.stream().mapToInt(group -> group.rule().stateNames().size()).max().orElse(0);
  }

  /** What rules remember; to be written before a training goes on. */
  public float[][] state() {
    return state;
  }

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

  /** Of the gradients that rules use; summed in an order that no thread changes. */
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

  /** Four sums side by side: a processor adds faster than it can wait for each addition. */
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
