package org.finegrain.cost;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.finegrain.engine.Topology;

/** The rates of a sweep and the time that they tell, as lines of text. */
final class TimeText {
  private static final List<Integer> PREDICTED_EXECUTORS = List.of(4, 16, 64);
  private static final int MOST_NETWORKS = 6;

  private final SweepCost cost;
  private final Map<NetworkKey, List<Workload>> byNetwork;

  TimeText(SweepCost cost) {
    this.cost = cost;
    byNetwork =
        cost.trials().open().stream()
            .collect(
                Collectors.groupingBy(Workload::network, LinkedHashMap::new, Collectors.toList()));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("");
    Optional<Hardware> hardware = cost.hardware();
    hardware.ifPresent(it -> addRates(lines, it));
    addUnknown(lines, hardware);
    addElsewhere(lines);
    hardware.ifPresent(it -> addTimes(lines, it));
    return lines;
  }

  private void addRates(List<String> lines, Hardware hardware) {
    lines.add("Rates on " + hardware.text() + ":");
    AlignedTable table = new AlignedTable();
    int left = 0;
    for (Map.Entry<NetworkKey, List<Workload>> network : byNetwork.entrySet()) {
      Optional<KnownRate> rate = cost.rates().rate(network.getKey(), hardware);
      if (rate.isPresent() && table.size() < MOST_NETWORKS) {
        addRate(table, network.getKey(), network.getValue(), rate.get());
      } else if (rate.isPresent()) {
        left++;
      }
    }
    table.lines().forEach(line -> lines.add("  " + line));
    if (left > 0) {
      lines.add("  and those of " + Quantity.counted(left, "more network"));
    }
  }

  private static void addRate(
      AlignedTable table, NetworkKey network, List<Workload> trials, KnownRate rate) {
    long trained = trials.stream().mapToLong(Workload::trained).sum();
    long scored = trials.stream().mapToLong(Workload::scored).sum();
    table.row(
        network.text(),
        Quantity.rate(rate.speed().step()) + " in steps",
        Quantity.rate(rate.speed().seconds(trained, scored) / trained) + " in all",
        rate.isMeasured() ? "measured" : "seen in " + Quantity.counted(rate.runs(), "run"));
  }

  private void addUnknown(List<String> lines, Optional<Hardware> hardware) {
    Map<NetworkKey, List<Workload>> unknown = new LinkedHashMap<>(byNetwork);
    unknown
        .keySet()
        .removeIf(network -> hardware.flatMap(it -> cost.rates().rate(network, it)).isPresent());
    if (unknown.isEmpty()) {
      return;
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "No rate is known for %s of %s: %s%s; give --measure, or --rates DIR",
            Quantity.counted(unknown.values().stream().mapToInt(List::size).sum(), "trial"),
            Quantity.counted(unknown.size(), "network"),
            unknown.keySet().stream()
                .limit(MOST_NETWORKS)
                .map(NetworkKey::text)
                .collect(Collectors.joining("; ")),
            unknown.size() > MOST_NETWORKS
                ? "; and " + (unknown.size() - MOST_NETWORKS) + " more"
                : ""));
  }

  private void addElsewhere(List<String> lines) {
    List<Hardware> elsewhere = cost.rates().elsewhere(cost.place());
    if (!elsewhere.isEmpty()) {
      lines.add(
          "Rates of other executors do not hold on this machine: "
              + elsewhere.stream()
                  .map(Hardware::text)
                  .distinct()
                  .sorted()
                  .collect(Collectors.joining("; ")));
    }
  }

  private void addTimes(List<String> lines, Hardware hardware) {
    lines.add("");
    AlignedTable table =
        new AlignedTable().row("one trial after the other", "trials", "wall time", "core hours");
    Map<String, List<String>> obstacles = new LinkedHashMap<>();
    Topology seen = hardware.topology();
    add(table, obstacles, seen, cost.time(hardware), cost.place().isLocal() ? "here" : "as seen");
    for (int executors : PREDICTED_EXECUTORS) {
      if (executors != seen.executors()) {
        add(
            table,
            obstacles,
            new Topology(seen.engine(), executors, seen.coresPerExecutor()),
            cost.predictedTime(hardware, executors),
            "predicted");
      }
    }
    lines.addAll(table.lines());
    obstacles.forEach((why, where) -> lines.add("Not on " + String.join("; ", where) + ": " + why));
    lines.add(model());
  }

  private static void add(
      AlignedTable table,
      Map<String, List<String>> obstacles,
      Topology executors,
      TimeTotal time,
      String how) {
    int cores = executors.executors() * executors.coresPerExecutor();
    table.row(
        Hardware.text(executors) + ", " + how,
        Quantity.count(time.trials()),
        time.trials() == 0 ? "-" : Quantity.duration(time.seconds()),
        time.trials() == 0 ? "-" : Quantity.hours(cores * time.seconds()));
    for (String obstacle : time.obstacles()) {
      obstacles.computeIfAbsent(obstacle, it -> new ArrayList<>()).add(Hardware.text(executors));
    }
  }

  /** Returns the assumptions of the predictions. */
  private static String model() {
    return String.format(
        Locale.ROOT,
        "Predicted, not measured: a step is compute + %.0f ms + %.2f ms · executors + bytes / %.2f"
            + " GB/s; passes and scoring are shared evenly, nobody waits, 10 Gbit/s",
        1e3 * StepModel.CONSTANT_SECONDS,
        2e3 * StepModel.MEETING_SECONDS,
        StepModel.BYTES_PER_SECOND / 1e9);
  }
}
