package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ModelJobTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsTotals() {
    assertThat(run("--set", "model.attention.kind=none", "--classes", "1000")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
        .startsWith(
            "ResNet-50 of width 64, attention none, 1000 classes, image of 224 px",
            "parameters     25,557,032",
            "multiply-adds  4,089,184,256 (4.089 G) an image")
        .contains("  gradients                97.5", "  optimizer                97.5")
        .anyMatch(line -> line.matches("memory of a replica .* batch of \\d+ over 1 replica"));
  }

  @Test
  void listsEveryLayer() {
    assertThat(run("--summary", "--set", "model.depth=18")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines().map(line -> line.split(" +")))
        .contains(
            new String[] {"conv1", "Convolution", "64×112×112", "9,408", "118,013,952"},
            new String[] {"attn4", "Attention", "512×7×7", "103", "57,538"},
            new String[] {"fc", "Linear", "200×1×1", "102,600", "102,400"});
  }

  @Test
  void printsJson() throws Exception {
    assertThat(run("--json", "--replicas", "2", "--set", "dataset=dogs")).isZero();
    JsonNode json = new ObjectMapper().readTree(out.toByteArray());
    assertThat(json.path("classes").asInt()).isEqualTo(120);
    long parameters = 0;
    for (JsonNode layer : json.path("layers")) {
      parameters += layer.path("parameters").asLong();
    }
    assertThat(parameters).isEqualTo(json.path("parameters").asLong()).isPositive();
    JsonNode bytes = json.path("memory-bytes");
    assertThat(bytes.path("gradients").asLong()).isEqualTo(4 * parameters);
    assertThat(bytes.path("optimizer").asLong()).isEqualTo(2 * parameters);
  }

  @Test
  void refusesNumbersBelowOne() {
    assertThat(run("--classes", "0")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "finegrain model: Invalid value for --classes: 0 (must be at least 1); see finegrain model --help\n");
  }

  private int run(String... arguments) {
    return JobMain.run(new ModelJob(), print(out), print(err), arguments);
  }

  private static PrintStream print(ByteArrayOutputStream target) {
    return new PrintStream(target, true, StandardCharsets.UTF_8);
  }
}
