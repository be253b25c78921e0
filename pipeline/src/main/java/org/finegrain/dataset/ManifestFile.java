package org.finegrain.dataset;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A published file of a dataset.
 *
 * @param name the name of the file
 * @param bytes its size in bytes, if known
 * @param md5 its MD5 as hex, if known
 * @param sha256 its SHA-256 as hex, if known
 * @param sources the addresses where it can be downloaded, the best first
 */
public record ManifestFile(
    String name,
    OptionalLong bytes,
    Optional<String> md5,
    Optional<String> sha256,
    List<String> sources) {
  /** Copies the list. */
  public ManifestFile {
    sources = List.copyOf(sources);
  }
}
