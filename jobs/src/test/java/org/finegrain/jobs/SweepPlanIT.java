package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures the networks of a small plan on synthetic images, as a user asks for it. */
class SweepPlanIT {
  private static final String NETWORK = "resnet18, ce, 32 px, batch 8, model.width = 8";

  @TempDir private Path temporary;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void measuredRatesTellTheTimeNowAndToTheNextPlan() {
    assertThat(plan("--measure", "--dry-run")).isZero();
    assertThat(out()).contains("  " + NETWORK + "  ", " in all  measured\n");
    assertThat(temporary.resolve("sweep")).doesNotExist();

    assertThat(plan("--measure")).isZero();
    String measured = out();
    assertThat(measured)
        .containsPattern("\n1 executor of 2 cores, here +2 +\\d")
        .containsPattern("\n4 executors of 2 cores, predicted +2 +\\d")
        .containsPattern("\n16 executors of 2 cores, predicted +0 +- +-\n")
        .endsWith("\nfile:" + temporary.resolve("sweep/plan.json") + "\n");
    assertThat(plan()).isZero();
    assertThat(withoutRoom(out())).isEqualTo(withoutRoom(measured));
  }

  private static String withoutRoom(String text) {
    return text.replaceAll("; free in .*", "");
  }

  private int plan(String... options) {
    out.reset();
    List<String> arguments =
        new ArrayList<>(List.of("plan", "--out=" + temporary.resolve("sweep")));
    for (String setting :
        List.of(
            "cluster.master=local[2]",
            "sweep.seeds=[1,2]",
            "model.depth=18",
            "model.width=8",
            "model.attention.kind=none",
            "loss.kind=ce",
            "augmentation.image-size=32",
            "augmentation.evaluation-short-side=36",
            "train.batch-size=8")) {
      arguments.add("--set=" + setting);
    }
    arguments.addAll(List.of(options));
    return JobMain.run(
        new SweepJob(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        System.err,
        arguments.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
