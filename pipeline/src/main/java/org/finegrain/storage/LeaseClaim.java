package org.finegrain.storage;

import java.io.IOException;
import java.util.Optional;

/**
 * The right of one process to end a lease: a file beside {@code lease.json}, named after that
 * lease, which only one process can create.
 *
 * <p>Without it, a process that judged a lease and was slow to act would remove the lease that
 * another one has taken meanwhile. If the process with the claim has ended, the next one makes a
 * claim with the next number.
 *
 * @param folder the folder of the lease
 * @param name the name of the claim's file
 */
record LeaseClaim(Folder folder, String name) {
  /**
   * Makes the claim to end a lease.
   *
   * @param lease the lease as it was read
   * @param mine the content that says who makes the claim
   * @return the claim; empty if another process has it, or had it a moment ago
   */
  static Optional<LeaseClaim> make(LeaseFile file, LeaseFile.Reading lease, LeaseContent mine)
      throws IOException {
    String token = lease.content().map(LeaseContent::token).orElse("unreadable");
    for (int number = 0; true; number++) {
      String name = "claim-" + token + "-" + number + ".json";
      if (file.folder().exclusive(name).create(mine.text())) {
        return Optional.of(new LeaseClaim(file.folder(), name));
      }
      Optional<LeaseFile.Reading> other = file.readWhole(name, false);
      if (other.isEmpty() || file.ended(other.get(), mine.owner()).isEmpty()) {
        return Optional.empty();
      }
    }
  }

  /** Deletes the file, when the lease is ended or was found to be another one. */
  void delete() throws IOException {
    folder.delete(name);
  }
}
