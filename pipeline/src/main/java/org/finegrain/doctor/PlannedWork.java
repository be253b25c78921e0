package org.finegrain.doctor;

import java.util.List;
import java.util.Optional;
import org.finegrain.config.ExecutorsPerTrial;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;

/**
 * The work that an application is about to do, as far as the checks need to know it.
 *
 * @param experiments the experiments to train, at least one
 * @param out the folder to write to, if it is known
 * @param data the locations of the ingested datasets; empty if they are not known
 * @param executors the number of executors that train each experiment
 */
public record PlannedWork(
    List<ExperimentConfig> experiments,
    Optional<Folder> out,
    List<String> data,
    ExecutorsPerTrial executors) {
  /** Creates work that is done on all executors. */
  public PlannedWork(List<ExperimentConfig> experiments, Optional<Folder> out, List<String> data) {
    this(experiments, out, data, ExecutorsPerTrial.ALL);
  }
}
