package org.finegrain.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** The cost of a sweep as text for a reader: the amounts of work first, then the time. */
final class CostText {
  private final SweepCost cost;
  private final List<Workload> open;
  private final List<Workload> all;

  CostText(SweepCost cost) {
    this.cost = cost;
    this.open = cost.trials().open();
    this.all = cost.trials().all();
  }

  /** Returns the text without a line break at its end. */
  String text() {
    List<String> lines = new ArrayList<>(amounts());
    lines.addAll(notes());
    if (!open.isEmpty()) {
      lines.addAll(disk());
      lines.addAll(new TimeText(cost).lines());
    }
    return String.join("\n", lines);
  }

  private List<String> amounts() {
    AlignedTable table = new AlignedTable().row("", "to do", "in all");
    table.row("trials", Quantity.count(open.size()), Quantity.count(all.size()));
    counts(table, "epochs", Workload::epochs);
    counts(table, "images trained on", Workload::trained);
    counts(table, "images scored", Workload::scored);
    return table
        .row("checkpoints, up to", Quantity.bytes(keptBytes(open)), Quantity.bytes(keptBytes(all)))
        .lines();
  }

  private void counts(AlignedTable table, String name, ToLongFunction<Workload> amount) {
    table.row(
        name,
        Quantity.count(open.stream().mapToLong(amount).sum()),
        Quantity.count(all.stream().mapToLong(amount).sum()));
  }

  private static long keptBytes(List<Workload> trials) {
    return trials.stream().mapToLong(it -> it.checkpoints().keptBytes()).sum();
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    String official =
        all.stream()
            .filter(it -> !it.data().isIngested())
            .map(it -> it.config().dataset())
            .distinct()
            .collect(Collectors.joining(", "));
    if (!official.isEmpty()) {
      notes.add(
          "Images are counted as published for "
              + official
              + ", with ingest.validation-fraction of them in validation; --data counts ingested ones");
    }
    if (open.stream().anyMatch(it -> it.config().train().earlyStopping().isOn())) {
      notes.add("Trials may end earlier, by train.early-stopping.patience");
    }
    if (cost.stopsSettings()) {
      notes.add("Settings may be given up earlier, by sweep.scheduler");
    }
    cost.replicas()
        .ifPresent(
            replicas ->
                notes.add(
                    "The sweep has begun with "
                        + Quantity.counted(replicas, "replica")
                        + ", and needs as many to go on"));
    return notes;
  }

  private List<String> disk() {
    long kept = open.stream().mapToLong(it -> it.checkpoints().keptBytes()).max().orElse(0);
    long written = open.stream().mapToLong(it -> it.checkpoints().bytes()).max().orElse(0);
    long needed = keptBytes(open) + written; // a new one is there before an old one is deleted
    OptionalLong free = cost.freeBytes();
    List<String> lines = new ArrayList<>();
    lines.add(
        "A trial's checkpoints take up to "
            + Quantity.bytes(kept)
            + (free.isPresent()
                ? "; free in " + cost.sweep() + ": " + Quantity.bytes(free.getAsLong())
                : ""));
    if (free.isPresent() && free.getAsLong() < needed) {
      lines.add(
          String.format(
              Locale.ROOT,
              "WARNING: checkpoints need up to %s, but only %s are free: lower"
                  + " train.keep-checkpoints, or take another folder for --out",
              Quantity.bytes(needed),
              Quantity.bytes(free.getAsLong())));
    }
    return lines;
  }
}
