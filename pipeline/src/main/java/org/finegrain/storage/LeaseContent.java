package org.finegrain.storage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The content of a {@link LeaseFile}.
 *
 * @param token a random text that no other lease has
 * @param owner the process that holds the lease
 * @param since when it took the lease, by its own clock
 */
record LeaseContent(String token, LeaseOwner owner, Instant since) {
  static final int FORMAT = 1;

  private static final JsonMapper JSON = new JsonMapper();

  /** Returns the content for a process that takes the lease now. */
  static LeaseContent of(LeaseOwner owner) {
    return new LeaseContent(
        UUID.randomUUID().toString(), owner, Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Returns the content of a file.
   *
   * @throws IllegalArgumentException if a value is missing or invalid
   */
  static LeaseContent of(JsonFields json) {
    String token = json.text("token");
    if (!token.matches("[0-9a-f-]{36}")) {
      throw new IllegalArgumentException("its token is not a UUID");
    }
    return new LeaseContent(token, LeaseOwner.of(json), json.time("since"));
  }

  /** Returns the text of the file. */
  String text() {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("token", token);
    owner.putInto(json);
    json.put("since", since.toString());
    return json + "\n";
  }
}
