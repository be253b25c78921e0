package org.finegrain.cost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.finegrain.storage.Folder;
import org.finegrain.storage.UnreadableFileException;
import org.finegrain.sweep.SweepRunner;
import org.finegrain.train.RunResult;
import org.finegrain.train.RunTimes;
import org.finegrain.train.TrainingSpeed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the speed of networks in finished runs. A run that cannot be read is left out. */
final class SeenRates {
  private static final Logger LOG = LoggerFactory.getLogger(SeenRates.class);

  /** More runs of a network would cost time and change little. */
  private static final int MOST_RUNS = 20;

  private final Set<NetworkKey> wanted;
  private final Map<String, Folder> runs = new LinkedHashMap<>();
  private final Map<NetworkKey, Map<Hardware, List<TrainingSpeed>>> speeds = new LinkedHashMap<>();

  private SeenRates(Set<NetworkKey> wanted) {
    this.wanted = wanted;
  }

  /**
   * Returns the rates in the runs of these folders, for each network and each kind of executors the
   * medians over the runs.
   *
   * @param folders sweep folders, folders of runs, or single run folders
   * @param wanted the networks whose rates are looked for
   */
  static List<KnownRate> in(List<Folder> folders, Set<NetworkKey> wanted) throws IOException {
    SeenRates seen = new SeenRates(wanted);
    for (Folder folder : folders) {
      seen.find(folder);
    }
    for (Folder run : seen.runs.values()) {
      seen.read(run);
    }
    return seen.rates();
  }

  private void find(Folder folder) throws IOException {
    addRun(folder);
    for (Folder parent : List.of(folder, folder.folder(SweepRunner.TRIALS))) {
      for (String name : parent.folders()) {
        addRun(parent.folder(name));
      }
    }
  }

  private void addRun(Folder folder) throws IOException {
    if (folder.exists(RunResult.FILE)) {
      runs.put(folder.location(), folder);
    }
  }

  private void read(Folder run) throws IOException {
    try {
      Optional<RunResult> result = RunResult.read(run);
      if (result.isEmpty()) {
        return;
      }
      NetworkKey network = NetworkKey.of(result.get().config());
      if (wanted.contains(network) && count(network) < MOST_RUNS) {
        RunTimes.of(result.get(), run).ifPresent(times -> add(network, times));
      }
    } catch (UnreadableFileException e) {
      LOG.warn("{}; taking no rate from this run", e.getMessage());
    } catch (IllegalArgumentException e) {
      LOG.warn("Cannot take a rate from run {}: {}", run, e.getMessage());
    }
  }

  private int count(NetworkKey network) {
    return speeds.getOrDefault(network, Map.of()).values().stream().mapToInt(List::size).sum();
  }

  /** Adds the speed of a run, unless its attempts ran on different executors. */
  private void add(NetworkKey network, RunTimes times) {
    List<Hardware> hardware = times.attempts().stream().map(Hardware::of).distinct().toList();
    if (hardware.size() == 1) {
      speeds
          .computeIfAbsent(network, it -> new LinkedHashMap<>())
          .computeIfAbsent(hardware.get(0), it -> new ArrayList<>())
          .add(times.speed());
    }
  }

  private List<KnownRate> rates() {
    return speeds.entrySet().stream()
        .flatMap(
            network ->
                network.getValue().entrySet().stream()
                    .map(
                        seen ->
                            new KnownRate(
                                network.getKey(),
                                seen.getKey(),
                                median(seen.getValue()),
                                seen.getValue().size())))
        .toList();
  }

  private static TrainingSpeed median(List<TrainingSpeed> runs) {
    return new TrainingSpeed(
        median(runs, TrainingSpeed::step),
        median(runs, TrainingSpeed::pass),
        median(runs, TrainingSpeed::scoring));
  }

  private static double median(List<TrainingSpeed> runs, ToDoubleFunction<TrainingSpeed> part) {
    double[] sorted = runs.stream().mapToDouble(part).sorted().toArray();
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
