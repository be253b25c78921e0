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
 * The file {@code lease.json} of a {@link Lease}. The process that created it holds the lease,
 * until the file is moved to a tombstone: by the holder, or by a process that takes the lease over.
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
   * @param isExpected whether to wait for the file if it is missing, because a process that moved
   *     it by mistake puts it back
   */
  Optional<Reading> readWhole(boolean isExpected) throws IOException {
    for (int poll = 0; true; poll++) {
      Optional<Reading> reading = read();
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
   * Ends a lease: moves its file to a tombstone. If the file has become another lease's in the last
   * moment, the method puts it back.
   *
   * @param ended what was read before the lease was found to have ended
   * @param tombstone the name of the tombstone
   * @return whether the lease was ended; otherwise another process has ended it
   */
  boolean end(Reading ended, String tombstone) throws IOException {
    if (!holds(NAME, ended)) {
      return false;
    }
    try {
      folder.move(NAME, tombstone);
    } catch (IOException e) {
      if (holds(NAME, ended)) {
        throw e;
      }
      return false;
    }
    if (holds(tombstone, ended)) {
      return true;
    }
    putBack(tombstone);
    return false;
  }

  private boolean holds(String name, Reading expected) throws IOException {
    return read(name).filter(it -> it.content().equals(expected.content())).isPresent();
  }

  private void putBack(String tombstone) throws IOException {
    try {
      folder.exclusive(NAME).create(folder.text(tombstone));
      folder.delete(tombstone);
    } catch (FileNotFoundException e) {
      // The holder has given its lease back meanwhile, and with it all tombstones.
    }
  }

  /** Returns the name of the tombstone of the lease with this token. */
  static String tombstone(String token) {
    return "ended-" + token + ".json";
  }

  /** Gives back a lease that this process holds, and deletes all that earlier ones have left. */
  void giveBack(LeaseContent lease) throws IOException {
    Optional<Reading> reading = readWhole(true).filter(it -> it.isOf(lease));
    if (reading.isPresent()) {
      for (String name : folder.list()) {
        if (!name.equals(NAME)) {
          folder.delete(name);
        }
      }
      folder.deleteUnfinished();
      String tombstone = tombstone(lease.token());
      if (end(reading.get(), tombstone)) {
        folder.delete(tombstone);
      }
    }
    folder.deleteIfEmpty();
  }
}
