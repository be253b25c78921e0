package org.finegrain.config;

import java.util.Optional;

/**
 * The weights that training starts from. Keys under {@code model.weights}.
 *
 * @param path of a safetensors file, a Hadoop path; empty: random weights
 * @param sha256 of the file, hex, in lower case; empty: whatever the file holds, until a run or a
 *     sweep starts, which fills it in
 * @param resetClassifier whether what depends on the number of classes starts from random weights
 */
public record WeightsConfig(
    Optional<String> path, Optional<String> sha256, boolean resetClassifier) {
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
