package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.SortedMap;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.ExperimentVariants;

/**
 * The plan of a sweep: the union of its spaces. It lists all trials in the order in which they run:
 * by space, by dataset, by seed, then by the axes in the order of their names, the last one
 * changing fastest. A trial that several spaces need stands once. Where settings are compared, all
 * seeds of a setting follow its first one. Equal experiments give equal plans.
 *
 * @param name the name of the experiment
 * @param spaces the spaces, in their order
 * @param base configuration key → value as HOCON text, without dataset and seed
 * @param trials the trials
 * @param retired the trials of earlier plans that are not wanted any more; their run folders stay
 * @param replicas the number of replicas that every trial is trained on; empty until the first run
 */
public record Plan(
    String name,
    List<PlannedSpace> spaces,
    SortedMap<String, String> base,
    List<Trial> trials,
    List<Trial> retired,
    OptionalInt replicas) {

  /**
   * Plans the spaces of {@code experiment}. Combinations that resolve to the same configuration are
   * one trial.
   *
   * @param name the name of the experiment
   * @throws PlanException if some combinations are not valid configurations; it names all of them
   */
  public static Plan of(String name, ExperimentConfig experiment) {
    return new Planner(name, experiment).plan();
  }

  /** Returns whether both plans want the same, whatever was retired or run on the way there. */
  public boolean wantsTheSameAs(Plan other) {
    return wanted().equals(other.wanted());
  }

  private Plan wanted() {
    return withRetired(List.of()).withReplicas(OptionalInt.empty());
  }

  Plan withRetired(List<Trial> trialsOfBefore) {
    return new Plan(name, spaces, base, trials, List.copyOf(trialsOfBefore), replicas);
  }

  Plan withReplicas(OptionalInt number) {
    return new Plan(name, spaces, base, trials, retired, number);
  }

  /** Returns the configuration of each trial, given the experiment that this is the plan of. */
  public List<ExperimentConfig> experiments(ExperimentConfig experiment) {
    ExperimentVariants variants = ExperimentVariants.trialsOf(experiment);
    return trials.stream().map(trial -> trial.configure(variants)).toList();
  }

  /** Returns the short names of all datasets, each once. */
  public List<String> datasets() {
    return trials.stream().map(Trial::dataset).distinct().toList();
  }

  /**
   * Returns the number of trials and where they come from: {@code 12 trials: 2 loss.eta × 3
   * model.attention.k × 1 dataset × 2 seeds}, or {@code 20 trials in 2 spaces: attention 8, eta
   * 12}.
   */
  public String summary() {
    String trialCount = counted(trials.size(), "trial");
    if (spaces.size() == 1) {
      PlannedSpace only = spaces.get(0);
      return trialCount
          + ": "
          + factors(only)
          + (only.combinations() > trials.size() ? "; equal ones are one trial" : "");
    }
    List<String> counts = new ArrayList<>();
    for (PlannedSpace space : spaces) {
      counts.add(space.name() + " " + trials.stream().filter(it -> it.isIn(space.name())).count());
    }
    long shared = trials.stream().filter(it -> it.spaces().size() > 1).count();
    return String.format(
        Locale.ROOT,
        "%s in %d spaces: %s%s",
        trialCount,
        spaces.size(),
        String.join(", ", counts),
        shared == 0 ? "" : "; " + shared + " of them in several");
  }

  private static String factors(PlannedSpace space) {
    List<String> factors = new ArrayList<>();
    if (space.draws() > 0) {
      factors.add(counted(space.draws(), "draw"));
    } else {
      space.axes().forEach((axis, values) -> factors.add(values.size() + " " + axis));
    }
    factors.add(counted(space.datasets().size(), "dataset"));
    factors.add(counted(space.seeds().size(), "seed"));
    return String.join(" × ", factors);
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
