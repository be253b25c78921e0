package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The change that a configuration makes to the plan that a sweep folder holds. Trials are added.
 * Those that the configuration does not want any more are retired: they keep their run folders, and
 * stay out of tables.
 *
 * @param before the plan of the folder; empty if it has none
 * @param wanted the plan of the configuration
 */
public record PlanChange(Optional<Plan> before, Plan wanted) {
  private static final String UNSET = "not set";

  /** Returns the trials that the folder's plan does not have. */
  public List<Trial> added() {
    Set<String> known = before.map(plan -> ids(plan.trials())).orElse(Set.of());
    return wanted.trials().stream().filter(trial -> !known.contains(trial.id())).toList();
  }

  /** Returns the trials of the folder's plan that the configuration does not want any more. */
  public List<Trial> retired() {
    Set<String> known = ids(wanted.trials());
    return before.map(Plan::trials).orElse(List.of()).stream()
        .filter(trial -> !known.contains(trial.id()))
        .toList();
  }

  /** Returns the ids of a plan's trials that another plan has too, in their order. */
  private static List<String> common(Plan plan, Plan other) {
    Set<String> known = ids(other.trials());
    return plan.trials().stream().map(Trial::id).filter(known::contains).toList();
  }

  private static Set<String> ids(List<Trial> trials) {
    return trials.stream().map(Trial::id).collect(Collectors.toSet());
  }

  /** Returns whether there is anything to write. */
  public boolean isNone() {
    return before.isPresent() && before.get().wantsTheSameAs(wanted);
  }

  /** Returns the settings of the experiment itself that differ: key → old value, new value. */
  private Map<String, String> changedSettings() {
    Map<String, String> changes = new LinkedHashMap<>();
    if (before.isPresent()) {
      SortedSet<String> keys = new TreeSet<>(before.get().base().keySet());
      keys.addAll(wanted.base().keySet());
      for (String key : keys) {
        String old = before.get().base().getOrDefault(key, UNSET);
        String now = wanted.base().getOrDefault(key, UNSET);
        if (!old.equals(now)) {
          changes.put(key, old + " → " + now);
        }
      }
    }
    return changes;
  }

  /** Returns the spaces whose axes, datasets, seeds or settings change, and so their tables. */
  private List<String> changedSpaces() {
    Map<String, PlannedSpace> old = new LinkedHashMap<>();
    before.map(Plan::spaces).orElse(List.of()).forEach(space -> old.put(space.name(), space));
    List<String> changed = new ArrayList<>();
    for (PlannedSpace space : wanted.spaces()) {
      PlannedSpace was = old.remove(space.name());
      if (was != null && !was.equals(space)) {
        changed.add(space.name());
      }
    }
    old.keySet().forEach(space -> changed.add(space + ": removed"));
    return changed;
  }

  /**
   * Returns the plan to write: the wanted trials, and all trials that any plan of the folder had.
   *
   * @param retire whether trials may be retired because a setting of the experiment itself has
   *     changed, which is more often a mistake than a wish
   * @throws SweepException if such a setting has changed, trials would be retired for it, and
   *     {@code retire} is false; the message shows the settings and the ways out
   */
  public Plan plan(boolean retire) {
    Map<String, String> settings = changedSettings();
    if (!retire && isRefused()) {
      throw new SweepException(
          String.format(
              Locale.ROOT,
              "Cannot change the plan: the configuration changes %s of the experiment, and so %d of"
                  + " the %d trials:\n%s\nGive the settings of before, take another folder for --out,"
                  + " or retire those trials with --retire; their run folders stay",
              settings.size() == 1 ? "a setting" : settings.size() + " settings",
              retired().size(),
              before.orElseThrow().trials().size(),
              lines(settings)));
    }
    List<Trial> all = new ArrayList<>(retired());
    Set<String> known = ids(wanted.trials());
    before.map(Plan::retired).orElse(List.of()).stream()
        .filter(trial -> !known.contains(trial.id()))
        .forEach(all::add);
    return wanted
        .withRetired(all)
        .withReplicas(before.map(Plan::replicas).orElse(OptionalInt.empty()));
  }

  private boolean isRefused() {
    return !changedSettings().isEmpty() && !retired().isEmpty();
  }

  private static String lines(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> "  " + setting.getKey() + ": " + setting.getValue())
        .collect(Collectors.joining("\n"));
  }

  /** Returns the change for a reader, a line for each setting and each trial. */
  public String text() {
    if (isNone()) {
      return "The plan stays as it is: " + wanted.summary();
    }
    List<String> lines = new ArrayList<>();
    if (before.isEmpty()) {
      lines.add("There is no plan yet");
    }
    changedSettings().forEach((key, values) -> lines.add("changed  " + key + ": " + values));
    changedSpaces().forEach(space -> lines.add("changed  space " + space));
    if (before.isPresent() && !common(before.get(), wanted).equals(common(wanted, before.get()))) {
      lines.add("changed  the order of the trials");
    }
    added().forEach(trial -> lines.add("added    " + trial.id() + "  " + trial.label()));
    retired().forEach(trial -> lines.add("retired  " + trial.id() + "  " + trial.label()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d added, %d retired, %d stay",
            added().size(),
            retired().size(),
            wanted.trials().size() - added().size()));
    if (isRefused()) {
      lines.add("sweep plan, sweep run and sweep resume refuse this without --retire");
    }
    return String.join("\n", lines);
  }
}
