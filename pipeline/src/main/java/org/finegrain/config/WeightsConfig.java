package org.finegrain.config;

import java.util.Optional;

/**
 * The settings of the weights that training starts from. Keys under {@code model.weights}.
 *
 * @param path the Hadoop path of a safetensors file; empty for random weights
 * @param sha256 the hex SHA-256 that the file must have, in lower case; if empty, a run or a sweep
 *     fills it in when it starts
 * @param resetClassifier whether the weights that depend on the number of classes start at random
 */
public record WeightsConfig(
    Optional<String> path, Optional<String> sha256, boolean resetClassifier) {
  /** The defaults, as in {@code conf/reference.conf}. */
  public static final WeightsConfig DEFAULTS = read(ConfigSection.empty());

  static WeightsConfig read(ConfigSection section) {
    WeightsConfig read =
        new WeightsConfig(
            section.textOrNone("path", Optional.empty(), text -> !text.isBlank(), "must be a path"),
            section.textOrNone(
                "sha256",
                Optional.empty(),
                text -> text.matches("[0-9a-f]{64}"),
                "must be 64 hex digits, in lower case"),
            section.flag("reset-classifier", false));
    section.between(
        "sha256", "must be none with", "path", read.path.isPresent() || read.sha256.isEmpty());
    section.between(
        "reset-classifier",
        "must be false with",
        "path",
        read.path.isPresent() || !read.resetClassifier);
    return read;
  }
}
