package org.finegrain.dataset;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A published file of a dataset.
 *
 * @param sources addresses, the best first
 */
public record ManifestFile(
    String name,
    OptionalLong bytes,
    Optional<String> md5,
    Optional<String> sha256,
    List<String> sources) {
  public ManifestFile {
    sources = List.copyOf(sources);
  }
}
