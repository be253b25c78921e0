package org.finegrain.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the key that a user probably meant. */
final class NearestKey {
  private final List<String> keys;

  /**
   * Searches among {@code keys}.
   *
   * @param keys all keys, in full
   */
  NearestKey(List<String> keys) {
    this.keys = keys;
  }

  /**
   * Returns what to write instead of {@code name}: a similar key of the same section, or else a key
   * of another section whose last part is similar, or else the list of all keys of the section.
   */
  String advice(String section, String name, Collection<String> neighbours) {
    return nearest(name, neighbours)
        .or(() -> nearest(name, keys.stream().map(NearestKey::last).toList()).flatMap(this::full))
        .map(key -> "did you mean " + key + "?")
        .orElseGet(
            () ->
                (section.isEmpty() ? "known are " : section + " knows ")
                    + String.join(", ", neighbours));
  }

  /** Returns what to write instead of the key {@code name}, which is given in full. */
  String advice(String name) {
    return nearest(name, keys)
        .or(
            () ->
                nearest(last(name), keys.stream().map(NearestKey::last).toList())
                    .flatMap(this::full))
        .map(key -> "did you mean " + key + "?")
        .orElse("see conf/reference.conf");
  }

  private Optional<String> full(String last) {
    return keys.stream().filter(key -> last(key).equals(last)).findFirst();
  }

  private static Optional<String> nearest(String name, Collection<String> candidates) {
    int most = Math.max(1, name.length() / 3);
    LevenshteinDistance distance = new LevenshteinDistance(most); // gives -1 for larger distances
    return candidates.stream()
        .filter(candidate -> distance.apply(name, candidate) >= 0)
        .min(Comparator.comparing(candidate -> distance.apply(name, candidate)));
  }

  private static String last(String key) {
    return key.substring(key.lastIndexOf('.') + 1);
  }
}
