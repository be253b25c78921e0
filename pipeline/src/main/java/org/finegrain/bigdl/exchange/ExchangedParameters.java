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
 * Of a training on several executors: each updates a slice of the flat vector, receives the others'
 * gradients of it and sends them its new weights. BigDL's own class takes several times as long: it
 * turns numbers into bytes one by one, and asks the driver where each piece lies. Weights always
 * travel whole, since every executor's gradients should be those of the weights that are trained.
 */
public final class ExchangedParameters implements Parameters {
  private static final String WEIGHTS = "weights";

  /** That stay in the cache while they are summed. */
  private static final int NUMBERS_OF_PIECE = 1 << 12;

  private final int executor;
  private final int executors;
  private final NumberFormat ofGradients;
  private final float[] weights;
  private final float[] gradients;
  private final float[] slice;
  private final float[] sum;

  /** The others' gradients of the slice, by executor. */
  private final float[][] received;

  private final PeerExchange exchange;
  private List<ExecutorAddress> addresses = List.of();

  /**
   * @param executor number of this one, from 0
   * @param weights of the network, in flat order, as are its gradients
   */
  public ExchangedParameters(
      int executor,
      int executors,
      GradientCompression compression,
      float[] weights,
      float[] gradients) {
    this.executor = executor;
    this.executors = executors;
    this.ofGradients =
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

  private int offset(int of) {
    return of * (weights.length / executors) + Math.min(of, weights.length % executors);
  }

  private int length(int of) {
    return weights.length / executors + (of < weights.length % executors ? 1 : 0);
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
    for (int of = 0; of < executors; of++) {
      if (of != executor) {
        arriving.add(
            exchange.fetch(
                addresses.get(of), WEIGHTS, NumberFormat.FLOAT32, weights, offset(of), length(of)));
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
            ofGradients,
            List.of(addresses.get(to)));
      }
    }
  }

  /** Sums in the order of the executors, whatever arrives first: the same bits again. */
  @Override
  public float[] meanGradient(int replicas) {
    List<CompletableFuture<Void>> arriving = new ArrayList<>();
    for (int of = 0; of < executors; of++) {
      if (of != executor) {
        arriving.add(
            exchange.fetch(
                addresses.get(of),
                gradientsFor(executor),
                ofGradients,
                received[of],
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
    for (int of = 0; of < executors; of++) {
      float[] values = of == executor ? gradients : received[of];
      int offset = of == executor ? from() : 0;
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
    for (CompletableFuture<Void> each : arriving) {
      try {
        TaskWait.await(each, what);
      } catch (CompletionException e) {
        throw new IllegalStateException(
            String.format(Locale.ROOT, "No %s of another executor arrived: %s", what, e.getCause()),
            e.getCause());
      }
    }
  }

  @Override
  public void giveWeights() {
    List<ExecutorAddress> others =
        addresses.stream().filter(it -> !it.equals(exchange.address())).toList();
    exchange.offer(WEIGHTS, slice, 0, slice.length, NumberFormat.FLOAT32, others);
  }

  @Override
  public void close() {
    exchange.close();
  }
}
