package org.finegrain.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.Plan;
import org.finegrain.sweep.SweepStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that a watch survives a store that fails for a moment. */
class StatusWatchTest {
  @TempDir private Path folder;
  private final StringWriter shown = new StringWriter();

  @Test
  void goesOnAfterFailuresAndShowsWhatComesThen() throws Exception {
    watch("planned", "failure", "failure", "failure", "failure", "planned", "failure", "over");
    assertThat(shown.toString()).isEqualTo("1 trials\n1 trials\n0 trials\n");
  }

  @Test
  void endsAfterSeveralFailuresInARow() {
    assertThatThrownBy(
            () -> watch("planned", "failure", "failure", "failure", "failure", "failure", "over"))
        .isInstanceOf(IOException.class)
        .hasMessage("the store does not answer");
    assertThat(shown.toString()).isEqualTo("1 trials\n");
  }

  private void watch(String... looks) throws Exception {
    Plan plan = Plan.of("one", ExperimentConfig.load(List.of(), List.of("sweep.seeds=[1]")));
    SweepStatus planned = SweepStatus.of(plan, Folder.at(folder.toString(), new Configuration()));
    SweepStatus over = new SweepStatus(plan, List.of(), List.of(), false);
    Iterator<String> left = List.of(looks).iterator();
    new StatusWatch(new PrintWriter(shown), Duration.ofMillis(1), false)
        .run(
            () ->
                switch (left.next()) {
                  case "planned" -> planned;
                  case "over" -> over;
                  default -> throw new IOException("the store does not answer");
                },
            (status, terminal) -> status.trials().size() + " trials");
  }
}
