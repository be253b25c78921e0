package org.finegrain.jobs;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.finegrain.config.ConfigException;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.model.NetworkSummary;
import org.finegrain.model.ResNet;
import org.finegrain.model.TrainingMemory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code finegrain model --summary --config conf/experiments/paper-cub.conf}, which
 * prints the layers and the costs of a network. Starts no Spark.
 */
@Command(
    name = "model",
    description = {
      "Prints the costs of the configured network: parameters, multiply-adds for one image, and the"
          + " memory of a training step.",
      "Multiply-adds are the products of convolutions, linear layers and attention. Memory is a"
          + " lower bound: the arrays that one replica holds, without the engine's copies and"
          + " buffers, the JVM, and the images being decoded."
    })
public final class ModelJob implements Callable<Outcome> {
  @Mixin private ExperimentOptions experiment;
  @Spec private CommandSpec spec;

  @Option(names = "--summary", description = "Also list every layer.")
  private boolean summary;

  @Option(
      names = "--classes",
      paramLabel = "N",
      description =
          "Classes of the classifier. Default: the official number of the configured dataset.")
  private Integer classes;

  @Option(names = "--replicas", paramLabel = "N", description = "Replicas that share the batch.")
  private int replicas = 1;

  @Option(names = "--json", description = "Print JSON, with every layer.")
  private boolean json;

  /** Runs the command and ends the process with its exit code. */
  public static void main(String... arguments) {
    JobMain.exit(new ModelJob(), arguments);
  }

  /**
   * Prints the network.
   *
   * @throws ConfigException with every fault of the configuration
   */
  @Override
  public Outcome call() {
    ExperimentConfig config = experiment.load();
    int outputs = classes == null ? OfficialCounts.of(config.dataset()).classes() : classes;
    requirePositive("--classes", outputs);
    requirePositive("--replicas", replicas);
    NetworkSummary network =
        NetworkSummary.of(
            ResNet.of(config.model(), outputs, config.loss()), config.augmentation().imageSize());
    TrainingMemory memory = TrainingMemory.of(network, config.train(), replicas);
    NetworkPage page = new NetworkPage(config, network, memory, outputs, replicas);
    return Outcome.shows(json ? page.json() : page.text(summary));
  }

  private void requirePositive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              Locale.ROOT, "Invalid value for %s: %d (must be at least 1)", option, value));
    }
  }
}
