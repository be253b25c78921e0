package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The choice of single trials that a user makes when a sweep is run. Trials are named by their ids,
 * or by the first digits of an id if no other trial of the plan begins with them.
 *
 * @param only the trials to run, and no others; empty for all
 * @param skipped the trials not to run
 * @param again the trials to run from the beginning, whatever their state; what they left is set
 *     aside
 * @param first the space whose trials run before the others
 * @param unprune whether trials that were given up are taken up again: those of {@code only}, or
 *     all
 */
public record TrialSelection(
    List<String> only,
    List<String> skipped,
    List<String> again,
    Optional<String> first,
    boolean unprune) {
  /** All trials, in the order of the plan. */
  public static final TrialSelection ALL =
      new TrialSelection(List.of(), List.of(), List.of(), Optional.empty());

  /** Makes a selection in which trials that were given up stay so. */
  public TrialSelection(
      List<String> only, List<String> skipped, List<String> again, Optional<String> first) {
    this(only, skipped, again, first, false);
  }

  /**
   * Returns the selection with whole ids.
   *
   * @throws SweepException if the plan has no such trial or space, or several such trials, or if a
   *     trial is both wanted and skipped
   */
  public TrialSelection in(Plan plan) {
    first.ifPresent(space -> requireSpace(plan, space));
    List<String> wanted = ids(plan, only);
    List<String> unwanted = ids(plan, skipped);
    List<String> anew = ids(plan, again);
    unwanted.stream()
        .filter(id -> wanted.contains(id) || anew.contains(id))
        .findFirst()
        .ifPresent(
            id -> {
              throw new SweepException(
                  "Cannot run and skip the trial " + id + ": name it in one option");
            });
    return new TrialSelection(wanted, unwanted, anew, first, unprune);
  }

  private static void requireSpace(Plan plan, String space) {
    List<String> names = plan.spaces().stream().map(PlannedSpace::name).toList();
    if (!names.contains(space)) {
      throw new SweepException(
          String.format(
              Locale.ROOT,
              "Cannot find the space %s in the plan; its spaces are: %s",
              space,
              String.join(", ", names)));
    }
  }

  private static List<String> ids(Plan plan, List<String> given) {
    return given.stream().map(id -> id(plan, id)).toList();
  }

  private static String id(Plan plan, String given) {
    List<String> found =
        plan.trials().stream().map(Trial::id).filter(id -> id.startsWith(given)).toList();
    if (given.isEmpty() || found.size() != 1) {
      throw new SweepException(
          String.format(
              Locale.ROOT,
              "Cannot find the trial %s in the plan: %s; finegrain sweep status lists the trials",
              given,
              found.size() < 2 ? "no id begins with it" : "several ids begin with it"));
    }
    return found.get(0);
  }

  /** Returns the run ids of the trials whose settings are taken up again if they were given up. */
  List<String> takenUp(Plan plan) {
    List<String> ids = new ArrayList<>(again);
    if (unprune) {
      ids.addAll(only.isEmpty() ? plan.trials().stream().map(Trial::id).toList() : only);
    }
    return ids;
  }

  /** Returns the selected trials in the order in which they are to run. */
  List<Trial> of(List<Trial> trials) {
    Set<String> wanted = new LinkedHashSet<>(only);
    wanted.addAll(only.isEmpty() ? List.of() : again);
    List<Trial> selected = new ArrayList<>(trials);
    selected.removeIf(trial -> !wanted.isEmpty() && !wanted.contains(trial.id()));
    selected.removeIf(trial -> skipped.contains(trial.id()));
    first.ifPresent(
        space -> selected.sort(Comparator.comparing((Trial trial) -> !trial.isIn(space))));
    return selected;
  }
}
