package org.finegrain.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NewestEntriesTest {
  private final NewestEntries<String> entries = new NewestEntries<>();

  @Test
  void theHigherAttemptCountsInWhicheverJournalItIsRead() {
    add("a", 2, "failed");
    add("a", 1, "completed");
    assertThat(entries.byTrial()).containsEntry("a", "failed");
  }

  @Test
  void theLaterLineOfAnAttemptCounts() {
    add("a", 1, "started");
    add("a", 1, "paused");
    add("b", 1, "started");
    assertThat(entries.byTrial()).containsEntry("a", "paused").containsEntry("b", "started");
  }

  @Test
  void aLineThatSaysNothingChangesNothing() {
    add("a", 1, "started");
    assertThatThrownBy(() -> entries.add(JsonFile.parse("{\"trial\": \"a\"}"), "failed"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it lacks attempt");
    assertThat(entries.byTrial()).containsEntry("a", "started").hasSize(1);
  }

  private void add(String trial, int attempt, String state) {
    entries.add(
        JsonFile.parse("{\"trial\": \"" + trial + "\", \"attempt\": " + attempt + "}"), state);
  }
}
