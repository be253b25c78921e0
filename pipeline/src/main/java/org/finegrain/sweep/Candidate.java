package org.finegrain.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A setting of a plan on one dataset: the trials that differ in their seeds alone, whichever spaces
 * need them.
 *
 * @param trials the trials in the order of the plan
 * @param epochs the number of epochs, {@code train.epochs}
 * @param schedule the keys of the learning-rate schedule → their values as HOCON text
 */
record Candidate(List<Trial> trials, int epochs, SortedMap<String, String> schedule) {
  private static final String EPOCHS = "train.epochs";
  private static final String SCHEDULE = "train.schedule.";

  /** The circumstances that settings must share so that their early epochs can be compared. */
  record Circumstances(String dataset, int epochs, SortedMap<String, String> schedule) {}

  /** Returns the settings of a plan, in its order. */
  static List<Candidate> of(Plan plan) {
    List<Candidate> candidates = new ArrayList<>();
    for (List<Trial> trials : bySetting(plan.trials())) {
      SortedMap<String, String> settings = new TreeMap<>(plan.base());
      settings.putAll(trials.get(0).changes());
      SortedMap<String, String> schedule = new TreeMap<>(settings);
      schedule.keySet().removeIf(key -> !key.startsWith(SCHEDULE));
      candidates.add(new Candidate(trials, Integer.parseInt(settings.get(EPOCHS)), schedule));
    }
    return candidates;
  }

  /** Returns the trials of each setting, both in their order. */
  static List<List<Trial>> bySetting(Iterable<Trial> trials) {
    record Key(String dataset, SortedMap<String, String> changes) {}
    Map<Key, List<Trial>> bySetting = new LinkedHashMap<>();
    for (Trial trial : trials) {
      bySetting
          .computeIfAbsent(new Key(trial.dataset(), trial.changes()), key -> new ArrayList<>())
          .add(trial);
    }
    return List.copyOf(bySetting.values());
  }

  Circumstances circumstances() {
    return new Circumstances(trials.get(0).dataset(), epochs, schedule);
  }

  /** Returns the run ids of the trials. */
  List<String> ids() {
    return trials.stream().map(Trial::id).toList();
  }

  /** Returns the setting for a reader, such as {@code eta: cub, loss.eta = 2}. */
  String label() {
    return trials.get(0).label().replaceAll(", seed \\d+$", "");
  }
}
