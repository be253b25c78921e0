package org.finegrain.cost;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.engine.Topology;
import org.finegrain.environment.Machine;
import org.finegrain.storage.Folder;
import org.finegrain.storage.LocalDisk;
import org.finegrain.train.TrainingSpeed;

/**
 * The cost of a plan: its trials, their images, the time that they will take, and the disk space of
 * their checkpoints. Times are told from the rates of earlier runs, or from measured ones.
 */
public final class SweepCost {
  private final CostRequest request;
  private final Workloads trials;
  private final KnownRates rates;
  private final Place place;

  private SweepCost(CostRequest request, Workloads trials, KnownRates rates, Place place) {
    this.request = request;
    this.trials = trials;
    this.rates = rates;
    this.place = place;
  }

  /** Computes the cost of a plan from what is known without measuring. */
  public static SweepCost of(CostRequest request) throws IOException {
    List<Folder> folders = new ArrayList<>(request.rates());
    folders.add(request.sweep());
    Workloads trials = Workloads.of(request);
    Set<NetworkKey> networks =
        trials.open().stream().map(Workload::network).collect(Collectors.toSet());
    List<KnownRate> found = new ArrayList<>();
    for (Folder folder : folders) {
      found.addAll(RatesFile.read(folder));
    }
    found.removeIf(rate -> !networks.contains(rate.network()));
    found.addAll(SeenRates.in(folders, networks));
    return new SweepCost(
        request, trials, KnownRates.of(found), Place.of(request.master(), Machine.current()));
  }

  /**
   * Returns the experiments whose speed {@link #measured} would measure: one trial of each network
   * whose speed was not seen in a whole run.
   */
  public List<ExperimentConfig> toMeasure() {
    return unseen().stream().map(Workload::config).toList();
  }

  private List<Workload> unseen() {
    Optional<Hardware> hardware = hardware();
    Map<NetworkKey, Workload> first = new LinkedHashMap<>();
    trials.open().forEach(trial -> first.putIfAbsent(trial.network(), trial));
    first
        .keySet()
        .removeIf(
            network ->
                hardware
                    .flatMap(it -> rates.rate(network, it))
                    .filter(rate -> !rate.isMeasured())
                    .isPresent());
    return List.copyOf(first.values());
  }

  /**
   * Measures rates on the executors of an application, and returns the cost that they tell. A
   * network that cannot be trained is named, and has no rate.
   *
   * @param keep whether to keep the rates in the sweep folder, for the next plan
   */
  public SweepCost measured(SparkSession spark, boolean keep) throws IOException {
    List<KnownRate> all = new ArrayList<>(rates.all());
    RateMeasurement measurement = new RateMeasurement(spark, request.data());
    List<Workload> unseen = unseen();
    for (int i = 0; i < unseen.size(); i++) {
      Optional<KnownRate> rate = measurement.of(unseen.get(i), i + 1, unseen.size());
      if (rate.isPresent()) {
        all.add(rate.get());
        if (keep) {
          RatesFile.add(rate.get(), request.sweep());
        }
      }
    }
    return new SweepCost(request, trials, KnownRates.of(all), place);
  }

  /** Returns the cost for a reader, as lines of text without a line break at the end. */
  public String text() {
    return new CostText(this).text();
  }

  Workloads trials() {
    return trials;
  }

  Place place() {
    return place;
  }

  KnownRates rates() {
    return rates;
  }

  /** Returns the executors that the times are told for; empty if no rate holds. */
  Optional<Hardware> hardware() {
    return rates.bestFor(trials.open(), place);
  }

  /** Returns the trials to do that have a rate on these executors. */
  List<Workload> withRate(Hardware hardware) {
    return trials.open().stream()
        .filter(it -> rates.rate(it.network(), hardware).isPresent())
        .toList();
  }

  /** Returns the time on the executors on which the rates were seen. */
  TimeTotal time(Hardware hardware) {
    Topology seen = hardware.topology();
    return total(hardware, (trial, speed) -> trial.seconds(speed, seen));
  }

  /** Returns the time that the model predicts for another number of executors like those. */
  TimeTotal predictedTime(Hardware hardware, int executors) {
    Topology seen = hardware.topology();
    return total(hardware, (trial, speed) -> trial.predictedSeconds(speed, seen, executors));
  }

  private interface Time {
    double seconds(Workload trial, TrainingSpeed speed);
  }

  private TimeTotal total(Hardware hardware, Time time) {
    return TimeTotal.of(
        withRate(hardware),
        trial -> time.seconds(trial, rates.rate(trial.network(), hardware).orElseThrow().speed()));
  }

  /** Returns whether settings may be given up before their ends. */
  boolean stopsSettings() {
    return request.experiment().sweep().scheduling().stopsSettings();
  }

  /** Returns the number of replicas that the sweep has begun with; empty before its first run. */
  OptionalInt replicas() {
    return request.plan().replicas();
  }

  /** Returns the free bytes where the checkpoints would lie, if that is known. */
  OptionalLong freeBytes() {
    return LocalDisk.freeBytes(request.sweep());
  }

  Folder sweep() {
    return request.sweep();
  }
}
