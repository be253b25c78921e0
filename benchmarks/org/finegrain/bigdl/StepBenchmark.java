package org.finegrain.bigdl;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.intel.analytics.bigdl.dllib.nn.abstractnn.AbstractModule;
import com.intel.analytics.bigdl.dllib.nn.abstractnn.Activity;
import com.intel.analytics.bigdl.dllib.tensor.Tensor;
import com.intel.analytics.bigdl.dllib.utils.Engine$;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.finegrain.bigdl.criterion.TotalLossCriterion;
import org.finegrain.bigdl.criterion.TrainingTarget;
import org.finegrain.bigdl.interop.BigDl;
import org.finegrain.bigdl.network.NetworkBuilder;
import org.finegrain.bigdl.network.ParameterGroups;
import org.finegrain.bigdl.network.ParameterLayout;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.LossConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.config.OptimizerConfig;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.ResNet;
import org.finegrain.optimizer.UpdateRule;
import org.finegrain.optimizer.VectorUpdate;

/**
 * Measures the engine's bare training step (network, loss, update) or its inference on random
 * tensors. It is the counterpart of pytorch_step.py, with the same options ({@code depth=50
 * attention=aam-stage …}) and the same output. With {@code steps=in-turn} it does a step for each
 * line that it reads, as turns.py asks.
 */
final class StepBenchmark {
  private static final int WARM_UP = 2;

  private final int batch;
  private final int classes;
  private final AbstractModule<Activity, Activity, Object> network;
  private final TotalLossCriterion criterion;
  private final ParameterGroups groups;
  private final Tensor<Object> images;
  private final Tensor<Object> target;

  private StepBenchmark(ModelConfig model, LossConfig loss, int size, int batch, int classes) {
    this.batch = batch;
    this.classes = classes;
    LayerGraph layers = ResNet.of(model, classes, loss);
    network = NetworkBuilder.build(layers, InitialWeights.of(layers, 1));
    groups =
        ParameterGroups.of(
            ParameterLayout.of(layers, network), OptimizerConfig.DEFAULTS, List.of(), 0);
    criterion = TotalLossCriterion.of(loss, 1);
    images = BigDl.tensor(normal(batch * 3 * size * size), batch, 3, size, size);
    target = BigDl.zeros(batch, TrainingTarget.COLUMNS);
  }

  private static float[] normal(int count) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  public static void main(String[] arguments) throws IOException {
    Map<String, String> options =
        Stream.of(arguments)
            .map(argument -> argument.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    startEngine(options.get("threads"));
    StepBenchmark benchmark =
        new StepBenchmark(
            new ModelConfig(number(options, "depth"), 64, attention(options.get("attention"))),
            loss(options.get("loss")),
            number(options, "size"),
            number(options, "batch"),
            number(options, "classes"));
    Runnable step =
        options.get("mode").equals("train") ? benchmark.training() : benchmark.inference();
    if (options.get("steps").equals("in-turn")) {
      takeTurns(step);
      System.out.println(peakMemoryMegabytes());
    } else {
      double seconds = median(number(options, "steps"), step);
      System.out.printf(Locale.ROOT, "%.2f,%d%n", benchmark.batch / seconds, peakMemoryMegabytes());
    }
    System.exit(0); // the engine's threads would wait for more
  }

  private static int number(Map<String, String> options, String name) {
    return Integer.parseInt(options.get(name));
  }

  private static void startEngine(String threads) {
    System.setProperty("bigdl.engineType", "mkldnn");
    System.setProperty("bigdl.mklNumThreads", threads);
    System.setProperty("bigdl.localMode", "true");
    System.setProperty("bigdl.coreNumber", "1");
    Engine$.MODULE$.init();
  }

  /** Reads {@code none}, or kind and placement such as {@code aam-stage}. */
  private static AttentionConfig attention(String name) {
    String[] parts = name.toUpperCase(Locale.ROOT).split("-", 2);
    AttentionConfig defaults = AttentionConfig.DEFAULTS;
    return new AttentionConfig(
        AttentionConfig.Kind.valueOf(parts[0]),
        parts.length == 1
            ? AttentionConfig.Placement.BLOCK
            : AttentionConfig.Placement.valueOf(parts[1]),
        defaults.k(),
        defaults.combine(),
        defaults.spatialMerge(),
        defaults.spatialKernel(),
        defaults.bias(),
        defaults.branches(),
        defaults.reduction());
  }

  private static LossConfig loss(String name) {
    LossConfig defaults = LossConfig.DEFAULTS;
    return new LossConfig(
        name.equals("ce") ? LossConfig.Kind.CE : LossConfig.Kind.CE_CC,
        defaults.mu(),
        OptionalInt.empty(),
        defaults.lambda());
  }

  private Runnable training() {
    var parameters = network.getParameters();
    float[] weights = BigDl.array(parameters._1());
    float[] gradients = BigDl.array(parameters._2());
    VectorUpdate update = new VectorUpdate(groups.groups(), 0, weights.length);
    for (int i = 0; i < batch; i++) {
      TrainingTarget.write(BigDl.array(target), i, i % classes, 0);
    }
    return () -> {
      network.zeroGradParameters();
      Activity output = network.forward(images);
      criterion.forward(output, target);
      network.backward(images, criterion.backward(output, target));
      update.update(weights, gradients, new UpdateRule.Step(1, 1e-4, 1));
    };
  }

  private Runnable inference() {
    network.evaluate();
    return () -> network.forward(images);
  }

  private static void takeTurns(Runnable step) throws IOException {
    System.out.println("ready");
    BufferedReader turns = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    while (turns.readLine() != null) {
      System.out.println(seconds(step));
    }
  }

  private static double seconds(Runnable step) {
    long start = System.nanoTime();
    step.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static double median(int steps, Runnable step) {
    double[] seconds = new double[steps];
    for (int i = -WARM_UP; i < steps; i++) {
      seconds[Math.max(i, 0)] = seconds(step);
    }
    Arrays.sort(seconds);
    return (seconds[(steps - 1) / 2] + seconds[steps / 2]) / 2;
  }

  /** Returns the largest memory of this process so far, as Linux counts it. */
  private static long peakMemoryMegabytes() throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/self/status"));
    String peak =
        status.stream().filter(line -> line.startsWith("VmHWM")).findFirst().orElseThrow();
    return Long.parseLong(peak.replaceAll("\\D", "")) / 1024;
  }
}
