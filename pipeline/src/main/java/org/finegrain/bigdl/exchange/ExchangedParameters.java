package org.finegrain.bigdl.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.spark.SparkEnv;
import org.finegrain.bigdl.interop.TaskWait;
import org.finegrain.config.GradientCompression;

/**
 * The parameters of a training on several executors. Each executor updates a slice of the flat
 * vector: it fetches the others' gradients of the slice, and offers them its new weights. BigDL's
 * own class takes several times as long, because it turns numbers into bytes one by one and asks
 * the driver for the place of each piece.
 *
 * <p>Gradients may be compressed. Weights always travel as floats, so that all executors compute
 * with the very weights that are updated.
 */
final class ExchangedParameters implements Parameters {
  private static final String WEIGHTS = "weights";

  /**
   * The length of the pieces in which gradients are summed, which stay in the processor's cache.
   */
  private static final int NUMBERS_OF_PIECE = 1 << 12;

  private final int executor;
  private final int executors;
  private final NumberFormat gradientFormat;
  private final float[] weights;
  private final float[] gradients;
  private final float[] slice;
  private final float[] sum;

  /** The others' gradients of the slice, by the number of the executor. */
  private final float[][] received;

  private final PeerExchange exchange;
  private List<ExecutorAddress> addresses = List.of();

  /** Opens the exchange and offers the slice's initial weights; see {@link Parameters#open}. */
  ExchangedParameters(
      int executor,
      int executors,
      GradientCompression compression,
      float[] weights,
      float[] gradients) {
    this.executor = executor;
    this.executors = executors;
    this.gradientFormat =
        switch (compression) {
          case NONE -> NumberFormat.FLOAT32;
          case FP16 -> NumberFormat.BFLOAT16;
        };
    this.weights = weights;
    this.gradients = gradients;
    slice = Arrays.copyOfRange(weights, from(), from() + length(executor));
    sum = new float[slice.length];
    received = new float[executors][];
    for (int other = 0; other < executors; other++) {
      if (other != executor) {
        received[other] = new float[slice.length];
      }
    }
    SparkEnv spark = SparkEnv.get();
    exchange =
        PeerExchange.open(
            spark.conf(),
            spark.securityManager(),
            spark.blockManager().blockManagerId().host(),
            HostMemory.open());
    giveWeights();
  }

  /** Returns where the slice of an executor begins in the flat vector. */
  private int offset(int executor) {
    return executor * (weights.length / executors) + Math.min(executor, weights.length % executors);
  }

  private int length(int executor) {
    return weights.length / executors + (executor < weights.length % executors ? 1 : 0);
  }

  private static String gradientsFor(int to) {
    return "gradients for executor " + to;
  }

  @Override
  public Optional<ExecutorAddress> address() {
    return Optional.of(exchange.address());
  }

  @Override
  public int from() {
    return offset(executor);
  }

  @Override
  public float[] slice() {
    return slice;
  }

  @Override
  public void connect(List<ExecutorAddress> all) {
    addresses = List.copyOf(all);
  }

  @Override
  public void receiveWeights() {
    List<CompletableFuture<Void>> arriving = new ArrayList<>();
    for (int other = 0; other < executors; other++) {
      if (other != executor) {
        arriving.add(
            exchange.fetch(
                addresses.get(other),
                WEIGHTS,
                NumberFormat.FLOAT32,
                weights,
                offset(other),
                length(other)));
      }
    }
    System.arraycopy(slice, 0, weights, from(), slice.length);
    await(arriving, "weights");
  }

  @Override
  public void giveGradients() {
    for (int to = 0; to < executors; to++) {
      if (to != executor) {
        exchange.offer(
            gradientsFor(to),
            gradients,
            offset(to),
            length(to),
            gradientFormat,
            List.of(addresses.get(to)));
      }
    }
  }

  /** Sums in the order of the executors, whatever arrives first, so that the bits are the same. */
  @Override
  public float[] meanGradient(int replicas) {
    List<CompletableFuture<Void>> arriving = new ArrayList<>();
    for (int other = 0; other < executors; other++) {
      if (other != executor) {
        arriving.add(
            exchange.fetch(
                addresses.get(other),
                gradientsFor(executor),
                gradientFormat,
                received[other],
                0,
                sum.length));
      }
    }
    await(arriving, "gradients");
    for (int from = 0; from < sum.length; from += NUMBERS_OF_PIECE) {
      average(from, Math.min(sum.length, from + NUMBERS_OF_PIECE), replicas);
    }
    return sum;
  }

  private void average(int from, int to, int replicas) {
    Arrays.fill(sum, from, to, 0);
    for (int other = 0; other < executors; other++) {
      float[] values = other == executor ? gradients : received[other];
      int offset = other == executor ? from() : 0;
      for (int i = from; i < to; i++) {
        sum[i] += values[offset + i];
      }
    }
    float share = 1f / replicas;
    for (int i = from; i < to; i++) {
      sum[i] *= share;
    }
  }

  private static void await(List<CompletableFuture<Void>> arriving, String what) {
    for (CompletableFuture<Void> future : arriving) {
      try {
        TaskWait.await(future, what);
      } catch (CompletionException e) {
        throw new IllegalStateException(
            String.format(
                Locale.ROOT, "Cannot fetch %s of another executor: %s", what, e.getCause()),
            e.getCause());
      }
    }
  }

  @Override
  public void giveWeights() {
    List<ExecutorAddress> others =
        addresses.stream().filter(other -> !other.equals(exchange.address())).toList();
    exchange.offer(WEIGHTS, slice, 0, slice.length, NumberFormat.FLOAT32, others);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
