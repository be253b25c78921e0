import java.util.List;
import java.util.SplittableRandom;
import org.finegrain.optimizer.AdamW;
import org.finegrain.optimizer.ParameterGroup;
import org.finegrain.optimizer.Sgd;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;
import org.finegrain.parallel.ParallelLoop;

/**
 * Measures the milliseconds that the update of a ResNet-50's 25.6 million parameters takes in a
 * step, here on 2 threads:
 *
 * <pre>
 *   mvn -q -pl pipeline compile
 *   java -Xmx3g -cp pipeline/target/classes benchmarks/OptimizerBenchmark.java 2
 * </pre>
 *
 * The copy of one array to another, on the same threads, shows the speed of the memory. SGD with
 * momentum reads three arrays and writes two; AdamW reads four and writes three.
 */
public final class OptimizerBenchmark {
  private static final int SIZE = 25_557_032;
  private static final int ROUNDS = 40;
  private static final int WARM_UP = 15;

  public static void main(String[] args) {
    ParallelLoop.configureShared(Integer.parseInt(args[0]), () -> {});
    float[] weights = numbers(1);
    float[] gradients = numbers(2);
    float[] copy = new float[SIZE];
    System.out.printf("copy                     %7.1f ms%n", best(() -> copy(weights, copy)));
    for (UpdateRule rule :
        List.of(
            new Sgd(0, false, 1e-4),
            new Sgd(0.8, false, 1e-4),
            new Sgd(0.8, true, 1e-4),
            new AdamW(0.9, 0.999, 1e-8, 0.01))) {
      VectorUpdate update =
          new VectorUpdate(List.of(new ParameterGroup(0, SIZE, rule, 1)), 0, SIZE);
      UpdateRule.Step step = new UpdateRule.Step(3, 1e-4, 1);
      double time = best(() -> update.update(weights, gradients, step));
      System.out.printf("%-24s %7.1f ms   %s%n", rule.getClass().getSimpleName(), time, rule);
    }
    VectorUpdate all =
        new VectorUpdate(List.of(new ParameterGroup(0, SIZE, new Sgd(0, false, 0), 1)), 0, SIZE);
    System.out.printf(
        "norm                     %7.1f ms%n", best(() -> all.sumOfSquares(gradients)));
  }

  private static void copy(float[] from, float[] to) {
    int chunk = 1 << 16;
    ParallelLoop.shared()
        .forEach(
            (SIZE + chunk - 1) / chunk,
            i ->
                System.arraycopy(
                    from, i * chunk, to, i * chunk, Math.min(chunk, SIZE - i * chunk)));
  }

  private static double best(Runnable body) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      long start = System.nanoTime();
      body.run();
      if (round >= WARM_UP) {
        best = Math.min(best, System.nanoTime() - start);
      }
    }
    return best / 1e6;
  }

  private static float[] numbers(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] numbers = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      numbers[i] = (float) (random.nextDouble() - 0.5);
    }
    return numbers;
  }
}
