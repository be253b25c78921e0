package org.finegrain.bigdl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.finegrain.bigdl.ToyTraining.Recorder;
import org.finegrain.config.AttentionConfig;
import org.finegrain.config.ModelConfig;
import org.finegrain.engine.TrainingData;
import org.finegrain.engine.TrainingState;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.ResNet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that a training frees its native memory, since a sweep trains many times in one
 * application. The trainings run in a process of their own, whose heap has all its memory from the
 * start, and whose C library returns freed memory to the system. Changes of its resident memory are
 * therefore native memory.
 */
class ManyTrainingsIT {
  private static final int TRAININGS = 10;
  private static final int SETTLED = 3; // trainings until everything is loaded and compiled
  private static final int BATCH = 64;
  private static final int STEPS = 2;
  private static final int CLASSES = 4;
  private static final int IMAGE_SIZE = 128;
  private static final LayerGraph LAYERS =
      ResNet.of(new ModelConfig(18, 16, AttentionConfig.DEFAULTS), CLASSES, ToyTraining.LOSS);

  @TempDir private Path temporary;

  @Test
  void leaveNoNativeMemoryBehind() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-Xmx"))
        .forEach(command::add);
    command.addAll(List.of("-Xms800m", "-Xmx800m", "-XX:+AlwaysPreTouch", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ManyTrainingsIT.class.getName());
    command.add(temporary.resolve("megabytes").toString());
    Path log = temporary.resolve("log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
    builder.environment().put("MALLOC_TRIM_THRESHOLD_", "65536");
    assertThat(builder.start().waitFor()).as(() -> text(log)).isZero();

    List<String> lines = Files.readAllLines(temporary.resolve("megabytes"));
    List<Double> before =
        lines.stream()
            .filter(line -> line.startsWith("before "))
            .map(ManyTrainingsIT::number)
            .toList();
    List<Double> within =
        lines.stream()
            .filter(line -> line.startsWith("within "))
            .map(ManyTrainingsIT::number)
            .toList();
    double taken = within.get(SETTLED - 1) - before.get(SETTLED - 1);
    assertThat(taken).as("MB taken: %s", lines).isGreaterThan(100);
    assertThat(before.get(TRAININGS) - before.get(SETTLED))
        .as("MB left behind: %s", lines)
        .isLessThan(taken / 3);
  }

  private static double number(String line) {
    return Double.parseDouble(line.replaceAll("[a-z ]", ""));
  }

  private static String text(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /**
   * The process of the trainings. It writes its resident memory to the file that is its argument.
   */
  public static void main(String... arguments) throws IOException {
    Path out = Path.of(arguments[0]);
    try (EngineSession session = EngineSession.open(new SparkConf())) {
      TrainingData<Integer> data =
          StripesLoader.data(session.spark(), STEPS * BATCH, CLASSES, IMAGE_SIZE);
      for (int training = 0; training < TRAININGS; training++) {
        note("before", out);
        TrainingState start =
            new TrainingState(0, 0, InitialWeights.of(LAYERS, 3), NamedTensors.of(Map.of()));
        TrainingState end =
            LastState.of(
                start,
                new NotesTheLastStep(out),
                told ->
                    new DataParallelTraining(session.engine())
                        .train(
                            LAYERS,
                            ToyTraining.request(1, Map.of("train.batch-size", "" + BATCH)),
                            data,
                            start,
                            told));
        long scored =
            Inference.score(
                    session.engine(),
                    LAYERS,
                    end.weights(),
                    data.samples(),
                    data.loader(),
                    BATCH,
                    Duration.ofMinutes(1),
                    all -> all)
                .size();
        if (scored != STEPS * BATCH) {
          throw new IllegalStateException(scored + " samples were scored");
        }
      }
      note("before", out);
    }
  }

  /** A recorder that notes the resident memory after the last step. */
  private static final class NotesTheLastStep extends Recorder {
    private final Path out;

    NotesTheLastStep(Path out) {
      this.out = out;
    }

    @Override
    public void stepEnded(long step, double loss, double learningRate, double imagesPerSecond) {
      if (step == STEPS) {
        note("within", out);
      }
    }
  }

  /**
   * Writes the resident memory after a collection, which also frees native memory of Java objects.
   */
  private static void note(String when, Path out) {
    System.gc();
    try {
      String resident =
          Files.readAllLines(Path.of("/proc/self/status"), UTF_8).stream()
              .filter(line -> line.startsWith("VmRSS:"))
              .findFirst()
              .orElseThrow();
      double megabytes = Long.parseLong(resident.replaceAll("\\D", "")) / 1024.0;
      Files.writeString(
          out,
          when + " " + megabytes + "\n",
          UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
