package org.finegrain.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * The file {@code lease.json} of a {@link Lease}. The process whose content it has holds the lease.
 * Who deletes or replaces the file needs the {@link LeaseClaim} to end that lease.
 */
record LeaseFile(Folder folder) {
  static final String NAME = "lease.json";

  private static final int MAX_POLLS = 20;
  private static final long POLL_MILLIS = 100;

  /**
   * The file as it was read.
   *
   * @param content its content; empty if it is unreadable
   * @param fault why it is unreadable, in a sentence that names the file; else empty
   * @param lastSign when it was last renewed, by the store's clock
   */
  record Reading(Optional<LeaseContent> content, String fault, Instant lastSign) {
    Optional<LeaseHolder> holder() {
      return content.map(it -> it.owner().holder(it.since(), lastSign));
    }

    /** Returns whether the file is that of the lease with this token. */
    boolean isOf(LeaseContent lease) {
      return content.filter(it -> it.token().equals(lease.token())).isPresent();
    }
  }

  /** Returns the Hadoop path of the file. */
  String location() {
    return folder.location(NAME);
  }

  /** Creates the file, unless there is one. Returns whether it was created. */
  boolean create(LeaseContent content) throws IOException {
    return folder.exclusive(NAME).create(content.text());
  }

  /** Reads the file. Empty if there is none. */
  Optional<Reading> read() throws IOException {
    return read(NAME);
  }

  private Optional<Reading> read(String name) throws IOException {
    Optional<LeaseContent> content = Optional.empty();
    String fault = "";
    try {
      content = JsonFile.read(folder, name, LeaseContent.FORMAT, LeaseContent::of);
      if (content.isEmpty()) {
        return Optional.empty();
      }
    } catch (UnreadableFileException e) {
      fault = e.getMessage();
    } catch (FileNotFoundException e) { // was moved after it was found
      return Optional.empty();
    }
    try {
      // After the content: a file that another process has created anew meanwhile is then taken
      // for a renewed one, rather than for an old one.
      return Optional.of(new Reading(content, fault, folder.modified(name)));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  /**
   * Reads the file. If it is unreadable, waits a moment for the process that may be writing it.
   *
   * @param isExpected whether to wait for the file if it is missing, because a store that cannot
   *     replace a file in one step may be replacing it
   */
  Optional<Reading> readWhole(String name, boolean isExpected) throws IOException {
    for (int poll = 0; true; poll++) {
      Optional<Reading> reading = read(name);
      boolean isWhole = reading.map(it -> it.content().isPresent()).orElse(!isExpected);
      if (isWhole || poll == MAX_POLLS) {
        return reading;
      }
      pause();
    }
  }

  private static void pause() throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while waiting for another process");
    }
  }

  /**
   * Gives a sign of life.
   *
   * @throws FileNotFoundException or {@link NoSuchFileException} if the file is gone
   */
  void renew(LeaseContent content) throws IOException {
    folder.exclusive(NAME).touch(now(), content.text());
  }

  /** Returns the time of the store's clock, which a new file shows. */
  Instant now() throws IOException {
    String probe = "clock-" + UUID.randomUUID();
    for (int attempt = 1; true; attempt++) {
      try {
        folder.write(probe, "");
        Instant now = folder.modified(probe);
        folder.delete(probe);
        return now;
      } catch (FileNotFoundException | NoSuchFileException e) {
        // A holder that gave its lease back has just deleted the probe, or the folder.
        if (attempt == MAX_POLLS) {
          throw e;
        }
      }
    }
  }

  /**
   * Returns how a process knows that the holder has ended, in words. Empty if the holder may still
   * work.
   */
  Optional<String> ended(Reading reading, LeaseOwner observer) throws IOException {
    Optional<LeaseOwner> owner = reading.content().map(LeaseContent::owner);
    if (owner.isPresent() && owner.get().isSeenBy(observer)) {
      return owner.get().isAlive() ? Optional.empty() : Optional.of("has ended");
    }
    return reading.lastSign().plus(Lease.EXPIRY).isBefore(now())
        ? Optional.of("has given no sign of life since " + reading.lastSign())
        : Optional.empty();
  }

  /**
   * Puts another lease in the place of one that has ended.
   *
   * @param ended what was read before the lease was found to have ended
   * @return whether it was done; otherwise another process does it at this moment, or has done it
   */
  boolean replace(Reading ended, LeaseContent mine) throws IOException {
    boolean isDone = end(ended, mine, claim -> folder.write(NAME, mine.text()));
    if (!isDone) {
      pause();
    }
    return isDone;
  }

  /** Gives back a lease that this process holds, and deletes all that earlier ones have left. */
  void giveBack(LeaseContent lease) throws IOException {
    Optional<Reading> reading = readWhole(NAME, true).filter(it -> it.isOf(lease));
    if (reading.isPresent()) {
      end(reading.get(), lease, this::deleteAllBut);
    }
    folder.deleteIfEmpty();
  }

  /** The change that ends a lease. */
  @FunctionalInterface
  private interface Ending {
    void by(LeaseClaim claim) throws IOException;
  }

  /**
   * Ends a lease with a claim to it, if its file is still as it was read.
   *
   * @return whether it was done
   */
  private boolean end(Reading lease, LeaseContent mine, Ending ending) throws IOException {
    Optional<LeaseClaim> made = LeaseClaim.make(this, lease, mine);
    if (made.isEmpty()) {
      return false;
    }
    try {
      boolean isSame = read().filter(lease::equals).isPresent();
      if (isSame) {
        ending.by(made.get());
      }
      return isSame;
    } finally {
      made.get().delete();
    }
  }

  private void deleteAllBut(LeaseClaim claim) throws IOException {
    for (String name : folder.list()) {
      if (!name.equals(NAME) && !name.equals(claim.name())) {
        folder.delete(name);
      }
    }
    folder.deleteUnfinished();
    folder.delete(NAME);
  }
}
