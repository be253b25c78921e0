package org.finegrain.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.storage.Folder;

/**
 * The check that CC-Loss finds a channel for each class where it divides the feature map's own
 * channels. It needs the ingested datasets, which know their numbers of classes, and no network.
 */
public final class ChannelsOfClasses {
  private ChannelsOfClasses() {}

  /**
   * Refuses trials that could not do their first step. A dataset that cannot be read refuses none.
   *
   * @param experiment the experiment that {@code plan} is the plan of
   * @param data the folder of ingested datasets, by short name
   * @throws PlanException with all trials that have fewer channels than classes
   */
  public static void require(Plan plan, ExperimentConfig experiment, Folder data)
      throws IOException {
    Map<String, JsonNode> manifests = IngestedDatasets.of(data, plan.datasets()).manifests();
    List<ExperimentConfig> configs = plan.experiments(experiment);
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      Trial trial = plan.trials().get(i);
      JsonNode manifest = manifests.get(trial.dataset());
      int classes = manifest == null ? 0 : manifest.path("classes").size();
      configs.get(i).channelFault(classes).ifPresent(it -> faults.add(trial.label() + ": " + it));
    }
    if (!faults.isEmpty()) {
      throw new PlanException(faults);
    }
  }
}
