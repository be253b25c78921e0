package org.finegrain.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.engine.EpochLoss;
import org.finegrain.engine.StepTimes;
import org.finegrain.storage.Folder;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  @Test
  void showsScoresAndTheUseOfTime() throws IOException {
    Scores val = new Scores(30, 0.639, 0.9, 0.6, 1.25, 0.05);
    RunResult result =
        new RunResult(
            new RunKey("7f3a19c04d2e", "ab12", 3, 1),
            "cub",
            RunResult.State.COMPLETED,
            Optional.empty(),
            new RunResult.Length(61, OptionalInt.of(51), true),
            Optional.of(val),
            Optional.empty(),
            new RunResult.Network(10, 1000, OptionalLong.empty()),
            new RunResult.Speed(36.5, 512.25),
            new TreeMap<>());
    EpochMetrics epoch =
        new EpochMetrics(
            1,
            10,
            0.1,
            new EpochLoss(1, java.util.Map.of()),
            Optional.of(val),
            36.5,
            10,
            new StepTimes(1, 6, 0.25, 0.5));
    Folder folder = Folder.at(Path.of("/runs/7f3a19c04d2e").toString(), new Configuration(false));
    assertThat(RunSummary.of(result, List.of(epoch, epoch), folder))
        .isEqualTo(
            """
            run 7f3a19c04d2e completed
              epochs      61, stopped early, best 51
              validation  top-1 63.90 %, top-5 90.00 %, mean class accuracy 60.00 %, loss 1.2500, calibration error 0.0500
              test        -
              speed       36.5 img/s in the median epoch, 8 min 32 s in all
              time        60 % computing, 10 % waiting for images, 3 % for the slowest executor, 5 % exchanging weights, 23 % validation and checkpoints
              files       %s"""
                .replace("%s", folder.toString()));
  }
}
