import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.finegrain.attention.AamOptions;
import org.finegrain.attention.AttentionKernel;
import org.finegrain.attention.AttentionKernel.Parameter;
import org.finegrain.attention.AttentionOptions;
import org.finegrain.attention.FeatureMaps;
import org.finegrain.loss.CrossEntropy;
import org.finegrain.loss.GroupSizes;
import org.finegrain.loss.LossMask;
import org.finegrain.loss.LossTarget;
import org.finegrain.loss.MaskedCcLoss;
import org.finegrain.loss.TensorView;
import org.finegrain.loss.TotalLoss;
import org.finegrain.parallel.ParallelLoop;

/**
 * Measures the milliseconds that the attention and loss kernels take on the feature maps of
 * ResNet-50 (batch 16, 224 px), beside a plain copy of the same map, here on 2 threads:
 *
 * <pre>
 *   mvn -q -pl pipeline compile
 *   java -Xmx3g --add-modules jdk.incubator.vector -cp pipeline/target/classes benchmarks/KernelBenchmark.java 2
 * </pre>
 *
 * The column "floor" is the time of the copy times the memory traffic that a kernel needs at least:
 * the forward pass reads x and writes y (one copy), the backward pass reads x and dy and writes dx
 * (one and a half).
 */
public final class KernelBenchmark {
  private static final int BATCH = 16;
  private static final int[][] STAGES = {{256, 56}, {512, 28}, {1024, 14}, {2048, 7}};
  private static final int ROUNDS = 60;
  private static final int WARM_UP = 15;

  public static void main(String[] args) {
    ParallelLoop.configureShared(Integer.parseInt(args[0]), () -> {});
    attention("AAM", AamOptions.DEFAULTS);
    System.out.println("CE + CC-Loss, 200 classes");
    loss(2048, 7);
    loss(2048, 14);
  }

  private static void attention(String name, AttentionOptions options) {
    System.out.printf("%-9s forward  backward      copy     floor   (ms, the best round)%n", name);
    for (boolean blocks : new boolean[] {false, true}) {
      double total = 0;
      for (int[] stage : STAGES) {
        total += attention(options, stage[0], stage[1], blocks);
      }
      System.out.printf("sum, %s: %.1f ms%n%n", blocks ? "blocks of 16" : "rows", total);
    }
  }

  private static double attention(
      AttentionOptions options, int channels, int side, boolean blocks) {
    FeatureMaps x = maps(channels, side, blocks, 1);
    FeatureMaps dy = maps(channels, side, blocks, 2);
    FeatureMaps y = maps(channels, side, blocks, 3);
    FeatureMaps dx = maps(channels, side, blocks, 4);
    AttentionKernel kernel = options.kernel(channels);
    float[][] parameters =
        kernel.parameters().stream()
            .map(Parameter::size)
            .map(n -> afterRelu(n, n))
            .toArray(float[][]::new);
    float[][] gradients =
        Arrays.stream(parameters).map(p -> new float[p.length]).toArray(float[][]::new);
    float[][] statistics =
        kernel.statistics().stream()
            .map(tensor -> new float[tensor.size()])
            .toArray(float[][]::new);
    double forward = best(() -> kernel.forward(x, y, parameters, statistics, true));
    double backward = best(() -> kernel.backward(x, dy, dx, parameters, gradients));
    float[] from = new float[BATCH * channels * side * side];
    float[] to = new float[from.length];
    double copy = best(() -> copy(from, to));
    System.out.printf(
        "%4d×%2d×%2d %8.2f %9.2f %9.2f %9.2f%n",
        channels, side, side, forward, backward, copy, 2.5 * copy);
    return forward + backward;
  }

  private static FeatureMaps maps(int channels, int side, boolean blocks, long seed) {
    float[] values = afterRelu(BATCH * channels * side * side, seed);
    if (!blocks) {
      return FeatureMaps.rows(values, 0, BATCH, channels, side, side);
    }
    ByteBuffer memory = ByteBuffer.allocateDirect(values.length * Float.BYTES);
    memory.order(ByteOrder.nativeOrder()).asFloatBuffer().put(values);
    return FeatureMaps.blocks(memory, 16, BATCH, channels, side, side);
  }

  private static void loss(int channels, int side) {
    int classes = 200;
    int size = BATCH * channels * side * side;
    float[] f = afterRelu(size, 1);
    float[] df = new float[size];
    float[] logits = afterRelu(BATCH * classes, 2);
    float[] dLogits = new float[logits.length];
    int[] labels = new int[BATCH];
    Arrays.setAll(labels, n -> n);
    int[] groups = GroupSizes.uneven(channels, classes);
    LossMask mask = LossMask.draw(groups, 1, 0);
    TotalLoss loss =
        new TotalLoss(
            List.of(
                new TotalLoss.Part(1, new CrossEntropy(classes, 0)),
                new TotalLoss.Part(0.01, new MaskedCcLoss(groups, 10, (sizes, step) -> mask))));
    LossTarget target = LossTarget.ofWholeBatch(labels, 0);
    List<TensorView> outputs = List.of(TensorView.of(logits), TensorView.of(f));
    List<TensorView> gradients = List.of(TensorView.of(dLogits), TensorView.of(df));
    double time = best(() -> loss.valueAndGradients(outputs, target, gradients));
    System.out.printf("%4d×%2d×%2d %8.2f ms%n", channels, side, side, time);
  }

  private static void copy(float[] from, float[] to) {
    int share = from.length / BATCH;
    ParallelLoop.shared()
        .forEach(BATCH, n -> System.arraycopy(from, n * share, to, n * share, share));
  }

  private static double best(Runnable work) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      long start = System.nanoTime();
      work.run();
      double time = (System.nanoTime() - start) / 1e6;
      best = round < WARM_UP ? best : Math.min(best, time);
    }
    return best;
  }

  private static float[] afterRelu(int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) Math.max(0, 2 * random.nextDouble() - 1);
    }
    return values;
  }
}
