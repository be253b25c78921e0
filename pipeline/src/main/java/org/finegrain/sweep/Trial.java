package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ExperimentVariants;
import org.finegrain.storage.Folder;

/**
 * A trial of a sweep: one resolved configuration with its seed.
 *
 * @param id the run id
 * @param dataset the dataset's short name
 * @param overrides configuration key → value as HOCON text, as the first of its spaces gives them
 * @param changes key → value, for all keys whose value differs from the plan's base
 * @param spaces the spaces that need the trial, in the order of the plan
 */
public record Trial(
    String id,
    String dataset,
    long seed,
    SortedMap<String, String> overrides,
    SortedMap<String, String> changes,
    List<Membership> spaces) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{12}");
  private static final Pattern DATASET = Pattern.compile("[a-z][a-z0-9-]*");

  /**
   * Checks id and dataset, which become names of folders.
   *
   * @throws IllegalArgumentException if they are not valid names
   */
  public Trial {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("the id of a trial is not 12 hex digits");
    }
    if (!DATASET.matcher(dataset).matches()) {
      throw new IllegalArgumentException("the dataset of trial " + id + " is not a short name");
    }
  }

  /**
   * Returns the configuration of a trial.
   *
   * @throws org.finegrain.config.ConfigException if it is not valid
   */
  static ExperimentConfig configure(
      ExperimentVariants experiment, String dataset, long seed, Map<String, String> overrides) {
    SortedMap<String, String> all = new TreeMap<>(overrides);
    all.put("dataset", dataset);
    all.put("seed", Long.toString(seed));
    return experiment.with(all);
  }

  ExperimentConfig configure(ExperimentVariants experiment) {
    return configure(experiment, dataset, seed, overrides);
  }

  /** Returns the trial's run folder within a sweep folder. */
  Folder runFolder(Folder sweep) {
    return sweep.folder(SweepRunner.TRIALS).folder(id);
  }

  /** Returns the same trial, needed by one more space; by a space that has it already but once. */
  Trial in(Membership membership) {
    if (isIn(membership.space())) {
      return this;
    }
    List<Membership> more = new ArrayList<>(spaces);
    more.add(membership);
    return new Trial(id, dataset, seed, overrides, changes, List.copyOf(more));
  }

  /** Returns whether the space needs the trial. */
  boolean isIn(String space) {
    return spaces.stream().anyMatch(it -> it.space().equals(space));
  }

  /**
   * Returns the trial's settings for a reader, such as {@code eta: cub, loss.eta = 2, seed 1}. The
   * first space that needs it stands in front.
   */
  public String label() {
    return spaces.isEmpty() ? label(dataset, seed, overrides) : label(spaces.get(0));
  }

  private String label(Membership membership) {
    String label = label(dataset, seed, membership.values());
    return membership.space().equals(PlannedSpace.AXES) ? label : membership.space() + ": " + label;
  }

  static String label(String dataset, long seed, SortedMap<String, String> overrides) {
    String settings =
        overrides.entrySet().stream()
            .map(override -> ", " + override.getKey() + " = " + override.getValue())
            .collect(Collectors.joining());
    return dataset + settings + ", seed " + seed;
  }
}
