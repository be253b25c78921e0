package org.finegrain.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.engine.Topology;
import org.finegrain.model.NetworkSummary;
import org.finegrain.model.ResNet;
import org.finegrain.model.TrainingMemory;

/**
 * Checks that the largest network fits into memory. Weights, gradients and the optimizer's state
 * lie in the heap, feature maps and their gradients outside it. For each of its executors a host
 * needs
 *
 * <pre>  replicas · (activations + their gradients) + the heap</pre>
 *
 * The driver holds whole states of the training in its heap. These are lower bounds of what the
 * engine takes: where the check fails, the training would fail; where it passes, memory may still
 * run out.
 *
 * @param topology the executors of one training
 * @param trials the number of trainings at a time
 */
record Memory(Jvms jvms, Topology topology, int trials, List<ExperimentConfig> experiments)
    implements Check {
  private static final double GIBIBYTE = 1L << 30;

  /**
   * The memory that an experiment needs, in bytes.
   *
   * @param heap in the heap of an executor
   * @param offHeap outside the heap of an executor
   * @param driver in the heap of the driver
   */
  private record Need(long heap, long offHeap, long driver) {}

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Finding examine() {
    Need need =
        experiments.stream()
            .map(this::need)
            .max(Comparator.comparingLong(it -> it.heap + it.offHeap + it.driver))
            .orElseThrow();
    if (jvms.executors().isEmpty()) { // the driver does the work, too
      return examine(new Need(need.heap + need.driver, need.offHeap, 0));
    }
    Jvm driver = jvms.driver();
    return need.driver > driver.maxHeapBytes()
        ? Finding.failed(
            String.format(
                Locale.ROOT,
                "the driver needs a heap of at least %s and has %s",
                gigabytes(need.driver),
                gigabytes(driver.maxHeapBytes())),
            "give more by " + heapSetting(driver))
        : examine(need);
  }

  private Finding examine(Need need) {
    String text =
        String.format(
                Locale.ROOT,
                "at least %s in the heap and %s outside it",
                gigabytes(need.heap),
                gigabytes(need.offHeap))
            + (need.driver == 0 ? "" : ", " + gigabytes(need.driver) + " in the driver's heap");
    Map<String, Long> executorsByHost =
        jvms.workers().stream().collect(Collectors.groupingBy(Jvm::host, Collectors.counting()));
    for (Jvm jvm : jvms.workers()) {
      long share = jvm.machine().memoryBytes() / executorsByHost.get(jvm.host());
      String found =
          String.format(
              Locale.ROOT,
              "%s; %s has a heap of %s and %s of memory in all",
              text,
              jvm.place(),
              gigabytes(jvm.maxHeapBytes()),
              gigabytes(share));
      if (need.heap > jvm.maxHeapBytes()) {
        return Finding.failed(found, "give more by " + heapSetting(jvm));
      } else if (need.heap + need.offHeap > share) {
        return Finding.failed(
            found,
            "lower train.batch-size or train.micro-batch-size, or run fewer executors on each host");
      } else if (jvm.maxHeapBytes() + need.offHeap > share) {
        return Finding.warning(
            found,
            String.format(
                Locale.ROOT,
                "the system may kill it once the heap is full; lower %s, train.batch-size or train.micro-batch-size",
                heapSetting(jvm)));
      }
    }
    return Finding.ok(text);
  }

  /** Returns the need of an experiment, with the official number of classes of its dataset. */
  private Need need(ExperimentConfig config) {
    int classes = OfficialCounts.of(config.dataset()).classes();
    NetworkSummary network =
        NetworkSummary.of(
            ResNet.of(config.model(), classes, config.loss()), config.augmentation().imageSize());
    TrainingMemory replica = TrainingMemory.of(network, config.train(), topology.replicas());
    int replicas = topology.replicas() / topology.executors();
    return new Need(
        replicas * (replica.weights() + replica.gradients() + replica.remembered()),
        replicas * (replica.activations() + replica.activationGradients()),
        TrainingMemory.ofDriver(network, config.train(), trials));
  }

  private static String heapSetting(Jvm jvm) {
    return jvm.isDriver() ? "FINEGRAIN_MEMORY or spark.driver.memory" : "spark.executor.memory";
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }
}
