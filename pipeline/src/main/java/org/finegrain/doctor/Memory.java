package org.finegrain.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.finegrain.bigdl.Topology;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.model.NetworkSummary;
import org.finegrain.model.ResNet;
import org.finegrain.model.TrainingMemory;

/**
 * The largest network finds room. Its weights, gradients and momentum lie in the heap, its feature
 * maps with their gradients beside it, so what a host needs is for each of its executors
 *
 * <pre>  replicas · (activations + their gradients) + the heap</pre>
 *
 * which is less than the engine takes: a failure is certain, no failure is no promise.
 */
record Memory(Jvms jvms, Topology topology, List<ExperimentConfig> experiments) implements Check {
  private static final double GIBIBYTE = 1L << 30;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Finding examine() {
    TrainingMemory replica =
        experiments.stream()
            .map(this::replica)
            .max(Comparator.comparingLong(TrainingMemory::total))
            .orElseThrow();
    int replicas = topology.replicas() / topology.executors();
    long heap = replicas * (replica.weights() + replica.gradients() + replica.momentum());
    long beside = replicas * (replica.activations() + replica.activationGradients());
    String need =
        String.format(
            Locale.ROOT,
            "%s in the heap and %s beside it, at least",
            gigabytes(heap),
            gigabytes(beside));
    Map<String, Long> executorsByHost =
        jvms.workers().stream().collect(Collectors.groupingBy(Jvm::host, Collectors.counting()));
    for (Jvm jvm : jvms.workers()) {
      long share = jvm.machine().memoryBytes() / executorsByHost.get(jvm.host());
      String found =
          String.format(
              Locale.ROOT,
              "%s; %s has a heap of %s and %s in all",
              need,
              jvm.place(),
              gigabytes(jvm.maxHeapBytes()),
              gigabytes(share));
      if (heap > jvm.maxHeapBytes()) {
        return Finding.failed(found, "give more by " + heapSetting(jvm));
      } else if (heap + beside > share) {
        return Finding.failed(
            found,
            "lower train.batch-size or train.micro-batch-size, or give fewer executors a host");
      } else if (jvm.maxHeapBytes() + beside > share) {
        return Finding.warning(
            found,
            String.format(
                Locale.ROOT,
                "the system may end it once the heap is full; lower %s, train.batch-size or train.micro-batch-size",
                heapSetting(jvm)));
      }
    }
    return Finding.ok(need);
  }

  /** Of the official number of classes. */
  private TrainingMemory replica(ExperimentConfig config) {
    int classes = OfficialCounts.of(config.dataset()).classes();
    NetworkSummary network =
        NetworkSummary.of(
            ResNet.of(config.model(), classes, config.loss()), config.augmentation().imageSize());
    return TrainingMemory.of(network, config.train(), topology.replicas());
  }

  private static String heapSetting(Jvm jvm) {
    return jvm.isDriver() ? "FINEGRAIN_MEMORY or spark.driver.memory" : "spark.executor.memory";
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }
}
