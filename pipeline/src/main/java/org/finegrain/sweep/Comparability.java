package org.finegrain.sweep;

import java.util.Locale;
import org.finegrain.config.SchedulerConfig;

/** The check that the settings of a sweep can be compared before their ends. */
record Comparability(Plan plan, SchedulerConfig config, PruningRule rule) {
  /**
   * Checks what a command is to run.
   *
   * @throws SweepException if the command has a part of the trials, if no training is long enough
   *     to be compared before its end, or if a dataset has no validation split
   */
  void require(Shard shard, IngestedDatasets ingested) {
    String scheduler = "sweep.scheduler = " + config.scheduler().name().toLowerCase(Locale.ROOT);
    if (!shard.equals(Shard.ALL)) {
      throw new SweepException(
          String.format(
              Locale.ROOT,
              "Cannot run shard %s alone: %s compares all settings in one process; leave out --shard,"
                  + " or set sweep.scheduler=all",
              shard,
              scheduler));
    }
    if (Candidate.of(plan).stream().allMatch(it -> rule.rungs(it.epochs()).isEmpty())) {
      throw new SweepException(
          String.format(
              Locale.ROOT,
              "Cannot stop trials early: %s compares them from epoch %d on, and none has so many"
                  + " before its last one; set a smaller sweep.%s.min-epochs",
              scheduler,
              firstEpoch(),
              config.scheduler().name().toLowerCase(Locale.ROOT)));
    }
    for (String dataset : ingested.manifests().keySet()) {
      int images =
          ingested.manifests().get(dataset).path("counts").path("val").path("images").asInt();
      if (images == 0) {
        throw new SweepException(
            String.format(
                Locale.ROOT,
                "Cannot stop trials early on %s: %s needs a validation split; ingest with"
                    + " ingest.validation-fraction above 0",
                dataset,
                scheduler));
      }
    }
  }

  private int firstEpoch() {
    return config.scheduler() == SchedulerConfig.Kind.HALVING
        ? config.halving().minEpochs()
        : config.median().minEpochs();
  }
}
