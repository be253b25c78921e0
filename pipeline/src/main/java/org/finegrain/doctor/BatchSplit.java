package org.finegrain.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.finegrain.bigdl.EpochPlan;
import org.finegrain.bigdl.Topology;
import org.finegrain.config.LastBatch;

/**
 * A batch is shared out over the replicas.
 *
 * @param sizes of the experiments
 */
record BatchSplit(List<Integer> sizes, Topology topology) implements Check {
  @Override
  public String name() {
    return "batch";
  }

  @Override
  public Finding examine() {
    TreeSet<Integer> different = new TreeSet<>(sizes);
    List<String> faults = different.stream().map(this::fault).flatMap(Optional::stream).toList();
    if (faults.isEmpty()) {
      return Finding.ok(
          String.format(
              Locale.ROOT,
              "%s over %d replicas (%d executors of %d cores)",
              join(different),
              topology.replicas(),
              topology.executors(),
              topology.coresPerExecutor()));
    }
    String text = String.join("; ", faults);
    return faults.size() == different.size()
        ? Finding.failed(text)
        : Finding.warning(text, "these trials will fail, the others run");
  }

  private Optional<String> fault(int size) {
    try {
      EpochPlan.of(size, size, LastBatch.DROP, topology); // an epoch of one batch
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static String join(TreeSet<Integer> sizes) {
    return String.join(", ", sizes.stream().map(String::valueOf).toList());
  }
}
