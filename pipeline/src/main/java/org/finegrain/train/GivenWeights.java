package org.finegrain.train;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.WeightsConfig;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.model.InitialWeights;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.NamedTensors;
import org.finegrain.model.ResNet;
import org.finegrain.model.Safetensors;
import org.finegrain.model.StartingWeights;
import org.finegrain.model.WeightsMatch;
import org.finegrain.storage.Checksums;
import org.finegrain.storage.StoredFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the weights that a configuration names as the start of a run. The id of the run depends on
 * the file's hash, not on its path.
 */
public final class GivenWeights {
  private static final Logger LOG = LoggerFactory.getLogger(GivenWeights.class);

  private GivenWeights() {}

  /**
   * Returns {@code config} with the hash of the file that it names, unless it holds a hash already.
   *
   * @throws RunException if the file cannot be read
   */
  public static ExperimentConfig pin(ExperimentConfig config, Configuration hadoop) {
    WeightsConfig given = config.model().weights();
    if (given.path().isEmpty() || given.sha256().isPresent()) {
      return config;
    }
    String path = given.path().get();
    try {
      return config.withOverrides(
          Map.of("model.weights.sha256", StoredFile.at(path, hadoop).sha256()));
    } catch (IOException | IllegalArgumentException e) {
      throw cannotStart(path, e);
    }
  }

  /**
   * Returns the weights that training starts from: the given ones, or random ones if none are
   * given.
   *
   * @throws RunException if the file cannot be read, has another hash than the configuration says,
   *     or does not fit the network
   */
  static NamedTensors startOf(ExperimentConfig config, LayerGraph network, Configuration hadoop) {
    NamedTensors initial = InitialWeights.of(network, config.seed());
    WeightsConfig given = config.model().weights();
    if (given.path().isEmpty()) {
      return initial;
    }
    String path = given.path().get();
    try {
      NamedTensors file = read(StoredFile.at(path, hadoop), given.sha256());
      StartingWeights start = StartingWeights.of(network, initial, file, given.resetClassifier());
      LOG.info("starts from {}; {}", path, start.match().text());
      return start.weights();
    } catch (IOException | IllegalArgumentException e) {
      throw cannotStart(path, e);
    }
  }

  /**
   * Compares the file that {@code config} names with the network that would start from it.
   *
   * @param classes the number of classes of the data; if empty, that of the file's classifier
   * @throws RunException if the file cannot be read, has another hash than the configuration says,
   *     or does not fit the network
   */
  public static WeightsMatch match(
      ExperimentConfig config, OptionalInt classes, Configuration hadoop) {
    WeightsConfig given = config.model().weights();
    String path = given.path().orElseThrow();
    try {
      NamedTensors file = read(StoredFile.at(path, hadoop), given.sha256());
      LayerGraph network =
          ResNet.of(config.model(), classes.orElseGet(() -> classes(config, file)), config.loss());
      return WeightsMatch.of(network, file, given.resetClassifier());
    } catch (IOException | IllegalArgumentException e) {
      throw cannotStart(path, e);
    }
  }

  /**
   * Reads a safetensors file.
   *
   * @param sha256 the hash that the file must have; empty if any will do
   */
  private static NamedTensors read(StoredFile file, Optional<String> sha256) throws IOException {
    MessageDigest digest = Checksums.newSha256();
    try (InputStream stored = file.folder().open(file.name());
        InputStream in = new BufferedInputStream(new DigestInputStream(stored, digest), 1 << 16)) {
      NamedTensors tensors = Safetensors.read(in, file.folder().size(file.name()));
      String found = Checksums.hex(digest.digest());
      if (!found.equals(sha256.orElse(found))) {
        throw new IOException(
            String.format(
                Locale.ROOT,
                "it has SHA-256 %s (must be %s, as model.weights.sha256 says)",
                found,
                sha256.get()));
      }
      return tensors;
    }
  }

  private static int classes(ExperimentConfig config, NamedTensors file) {
    int[] classifier = file.contains("fc.weight") ? file.get("fc.weight").shape() : new int[0];
    return classifier.length == 2 && classifier[0] > 0
        ? classifier[0]
        : OfficialCounts.of(config.dataset()).classes();
  }

  private static RunException cannotStart(String path, Exception e) {
    return new RunException(
        String.format(
            Locale.ROOT,
            "Cannot start from the weights model.weights.path = %s: %s",
            path,
            e.getMessage()),
        e);
  }
}
