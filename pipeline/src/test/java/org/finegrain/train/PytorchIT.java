package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.finegrain.bigdl.Inference;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.engine.SampleLoader;
import org.finegrain.engine.ScoredSample;
import org.finegrain.model.FloatTensor;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.NetworkSummary;
import org.finegrain.model.ParameterCount;
import org.finegrain.model.ResNet;
import org.finegrain.model.Safetensors;
import org.finegrain.storage.StoredFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that weights exported to PyTorch, and imported from it, give the same logits. */
class PytorchIT {
  private static final Path ROOT = Path.of(System.getProperty("finegrain.root"));
  private static final Path SCRIPT =
      ROOT.resolve(Path.of("pipeline", "src", "test", "python", "exchange_weights.py"));
  private static final int CLASSES = 3;
  private static final double TOLERANCE = 1e-4;

  private static String python;
  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void installPytorch(@TempDir Path temporary) throws Exception {
    Outcome setup = run(temporary, List.of(ROOT.resolve("benchmarks/setup").toString()));
    assumeTrue(setup.status() != 3, "skipped: PyTorch needs Python 3.10 or newer");
    assertThat(setup.status()).as(setup.output()).isZero();
    python = setup.output().lines().reduce((first, last) -> last).orElseThrow() + "/bin/python";
    spark = TinyExperiment.openSpark();
  }

  @AfterAll
  static void stopSpark() {
    if (spark != null) {
      spark.close();
    }
  }

  @Test
  void exportedWeightsGiveTheSameLogitsInPytorch() throws Exception {
    ExperimentConfig config = TinyExperiment.config().withOverrides(Map.of("train.epochs", "1"));
    String data = TinyDataset.ingest(spark, folder);
    Trainer.run(spark, config, data, TinyExperiment.folder(folder), RunOptions.DEFAULTS);
    Path weights = folder.resolve("trained.safetensors");
    WeightsExport.of(TinyExperiment.folder(folder.resolve(config.runId())), OptionalInt.empty())
        .write(StoredFile.at(weights.toString(), new Configuration(false)));
    FloatTensor images = images(5, 32);
    write(NamedTensors.of(Map.of("images", images)), folder.resolve("images.safetensors"));

    python(
        "compute",
        weights.toString(),
        folder.resolve("images.safetensors").toString(),
        folder.resolve("logits.safetensors").toString());

    LayerGraph network = ResNet.of(config.model(), CLASSES, config.loss());
    assertClose(
        logits(network, read(weights), images),
        read(folder.resolve("logits.safetensors")).get("logits"));
  }

  @ParameterizedTest
  @CsvSource({
    "F32, 18, 50, --width=8",
    "F16, 50, 65, --no-attention",
    "BF16, 50, 100, --dilate-last-stage",
    "F64, 18, 33, --dilate-last-stage"
  })
  void weightsOfPytorchGiveTheSameLogitsHere(String type, int depth, int size, String option)
      throws Exception {
    python("make", folder.toString(), type, "--depth=" + depth, "--size=" + size, option);
    ExperimentConfig config =
        GivenWeights.pin(
            TinyExperiment.config()
                .withOverrides(
                    Map.of(
                        "model.weights.path", folder.resolve("weights.safetensors").toString(),
                        "model.depth", Integer.toString(depth),
                        "model.dilate-last-stage",
                            Boolean.toString(option.equals("--dilate-last-stage")),
                        "model.attention.kind", option.equals("--no-attention") ? "none" : "aam",
                        "loss.kind", "ce")),
            new Configuration(false));
    LayerGraph network = ResNet.of(config.model(), CLASSES, config.loss());

    NamedTensors weights = GivenWeights.startOf(config, network, new Configuration(false));

    NamedTensors expected = read(folder.resolve("images.safetensors"));
    assertClose(logits(network, weights, expected.get("images")), expected.get("logits"));
    JsonNode cost = Json.parse(Files.readString(folder.resolve("cost.json")));
    assertThat(ParameterCount.of(network)).isEqualTo(cost.path("parameters").asLong());
    assertThat(
            NetworkSummary.of(network, size).layers().stream()
                .filter(row -> !row.kind().equals("Attention"))
                .mapToLong(NetworkSummary.Row::multiplyAdds)
                .sum())
        .isEqualTo(cost.path("multiply-adds").asLong());
  }

  private static List<float[]> logits(
      LayerGraph network, NamedTensors weights, FloatTensor images) {
    int count = images.shape()[0];
    return Inference.score(
            Trainer.engine(spark),
            network,
            weights,
            JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, count).boxed().toList(), 1),
            new LoadFrom(images),
            count,
            Duration.ofMinutes(1),
            scored -> scored)
        .stream()
        .sorted(Comparator.comparing(ScoredSample::id))
        .map(ScoredSample::logits)
        .toList();
  }

  private static void assertClose(List<float[]> found, FloatTensor expected) {
    assertThat(expected.shape()).containsExactly(found.size(), CLASSES);
    for (int i = 0; i < expected.data().length; i++) {
      assertThat((double) found.get(i / CLASSES)[i % CLASSES])
          .isCloseTo(expected.data()[i], within(TOLERANCE));
    }
  }

  /** Returns image n of a tensor (N,3,H,H). */
  private record LoadFrom(FloatTensor images) implements SampleLoader<Integer> {
    @Override
    public String id(Integer sample) {
      return Integer.toString(sample);
    }

    @Override
    public int label(Integer sample) {
      return 0;
    }

    @Override
    public int imageSize() {
      return images.shape()[2];
    }

    @Override
    public void load(Integer sample, int epoch, float[] pixels, int offset) {
      int size = 3 * imageSize() * imageSize();
      System.arraycopy(images.data(), sample * size, pixels, offset, size);
    }
  }

  private static FloatTensor images(int count, int size) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[count * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new FloatTensor(values, count, 3, size, size);
  }

  private static NamedTensors read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return Safetensors.read(in, Files.size(file));
    }
  }

  private static void write(NamedTensors tensors, Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      Safetensors.write(tensors, out);
    }
  }

  private void python(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(python, SCRIPT.toString()));
    command.addAll(List.of(arguments));
    Outcome outcome = run(folder, command);
    assertThat(outcome.status()).as(outcome.output()).isZero();
  }

  private record Outcome(int status, String output) {}

  private static Outcome run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    int status = builder.start().waitFor();
    return new Outcome(status, Files.readString(output, StandardCharsets.UTF_8));
  }
}
