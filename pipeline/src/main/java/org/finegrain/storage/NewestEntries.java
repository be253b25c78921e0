package org.finegrain.storage;

import java.util.HashMap;
import java.util.Map;

/**
 * The newest entry of each trial among the lines of a sweep's journals: the last line of its
 * highest attempt. Attempts order the lines, and not clocks, because one process writes all lines
 * of an attempt, while the clocks of two machines differ.
 *
 * @param <E> the entry that a reader makes of a line
 */
public final class NewestEntries<E> {
  private final Map<String, Numbered<E>> newest = new HashMap<>();

  private record Numbered<E>(int attempt, E entry) {}

  /**
   * Adds the next line of a journal.
   *
   * @param entry the entry that the reader makes of it
   * @throws IllegalArgumentException if the line does not name its trial and its attempt
   */
  public void add(JsonFields line, E entry) {
    newest.merge(
        line.text("trial"),
        new Numbered<>(line.integer("attempt"), entry),
        (old, next) -> next.attempt >= old.attempt ? next : old);
  }

  /** Returns the newest entry of each trial that has one, by the trial's run id. */
  public Map<String, E> byTrial() {
    Map<String, E> entries = new HashMap<>();
    newest.forEach((trial, numbered) -> entries.put(trial, numbered.entry));
    return entries;
  }
}
