package org.finegrain.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.storage.Folder;
import org.finegrain.tracking.TrackingPython;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ModelIndexTest {
  @RegisterExtension static final ReportSpark SPARK = new ReportSpark();

  @TempDir private Path temporary;

  @Test
  void everyRowOnAFullDatasetIsAModelThatTheHubReads() throws Exception {
    Path file =
        write(
            sweep()
                .dataset("dogs", 200, 5394, 600, 5794)
                .completed("dogs", "2", "3", 1, 0.5)
                .completed("dogs", "2", "3", 2, 0.75)
                .completed("dogs", "3", "3", 1, 0.625)
                .completed("dogs", "2", "5", 1, 0.25));
    assertThat(TrackingPython.run("read_model_index.py", file.toString()).lines())
        .containsExactly(
            line("finegrain eta, η = 2, k = 3", "0.625", "mean over 2 seeds"),
            line("finegrain eta, η = 3, k = 3", "0.625", "one seed"),
            line("finegrain eta, η = 2, k = 5", "0.25", "one seed"));
    Map<?, ?> first = (Map<?, ?>) ((List<?>) models(file).get(0).get("results")).get(0);
    assertThat(first.get("source").toString()).contains("name=finegrain 0.1.0-3f2c");
    assertThat(first.get("metrics").toString()).contains("args={seeds=2, std=0.1767766952966369}");
    assertThat(file).content().doesNotContain("Left out", "&id", "*id");
  }

  private static String line(String model, String value, String seeds) {
    return model
        + " | image-classification | dogs | Stanford Dogs | test | accuracy | "
        + value
        + " | top-1 accuracy ("
        + seeds
        + ") | https://github.com/finegrain/finegrain";
  }

  @Test
  void partsAndUnknownDataAreLeftOutAndNamed() throws Exception {
    Path file =
        write(
            sweep()
                .dataset("cub", 10, 270, 30, 243)
                .completed("cub", "2", "3", 1, 0.5)
                .completed("cars", "2", "3", 1, 0.5));
    assertThat(models(file)).isEmpty();
    assertThat(file)
        .content()
        .contains(
            "# Left out: CUB-200-2011 (not the full dataset), Stanford Cars (not known whether it"
                + " is the full dataset).\n");
  }

  @Test
  void namesFromOutsideStayValues() throws Exception {
    String hostile = "x: [1] # \\\"q\\\"\\n- y: &a *b";
    Path file =
        write(
            sweep()
                .dataset("dogs", 200, 5394, 600, 5794)
                .completed("dogs", hostile, "3", 1, 0.5)
                .completed("dogs", "no", "3", 1, 0.5));
    assertThat(models(file))
        .extracting(model -> model.get("name").toString())
        .containsExactlyInAnyOrder(
            "finegrain eta, η = x: [1] # \"q\"\n- y: &a *b", "finegrain eta, η = no");
  }

  private FakeSweep sweep() {
    return new FakeSweep(temporary.resolve("sweep"), "demo");
  }

  private Path write(FakeSweep sweep) throws IOException {
    Path out = temporary.resolve("report");
    Configuration hadoop = new Configuration();
    SPARK
        .report(List.of(Folder.at(sweep.build().toString(), hadoop)), Optional.empty())
        .write(Folder.at(out.toString(), hadoop));
    return out.resolve("model-index.yaml");
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> models(Path file) throws IOException {
    Map<String, Object> read =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    return (List<Map<String, Object>>) read.get("model-index");
  }
}
