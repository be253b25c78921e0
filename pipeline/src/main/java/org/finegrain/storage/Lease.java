package org.finegrain.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one process to work on a resource in a folder, such as a run.
 *
 * <p>The process that creates the file {@code lease.json} holds the lease. It renews the file every
 * 20 seconds, and deletes it in the end. The lease of a process on this machine ends with that
 * process. The lease of a process on another machine ends when its file was not renewed for {@link
 * #EXPIRY}, by the store's clock. Of the processes that find that, one gets the {@link LeaseClaim}
 * to replace the file by its own.
 *
 * <p>A process that slept may therefore have lost its lease without knowing it. Before it publishes
 * anything, it must {@link #confirm} the lease. No store can do both in one step, so that a process
 * that falls asleep between the two still publishes when it wakes up.
 *
 * <p>All this needs a store on which only one process can create a file: local disks and HDFS, but
 * not {@code s3a:} of Hadoop 3.3. There, of two processes that start at once, both may get the
 * lease, until one of them finds the other's file.
 */
public final class Lease implements AutoCloseable {
  /** The time after which the lease of a process on another machine ends, if it is not renewed. */
  static final Duration EXPIRY = Duration.ofMinutes(3);

  private static final Duration RENEWAL = Duration.ofSeconds(20);
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final LeaseFile file;
  private final String resource;
  private final LeaseContent mine;
  private final Timer renewals = new Timer("lease", true);
  private boolean closed;
  private volatile Optional<Loss> loss = Optional.empty();

  /**
   * The loss of a lease.
   *
   * @param sentence what happened, for a user
   * @param successor who holds the lease now, if that is known
   */
  private record Loss(String sentence, Optional<LeaseHolder> successor) {}

  private Lease(LeaseFile file, String resource, LeaseContent mine) {
    this.file = file;
    this.resource = resource;
    this.mine = mine;
  }

  /**
   * Takes the lease for a process without a Spark application.
   *
   * @param folder the folder for this lease alone
   * @param resource the name of what the process wants to work on, for messages
   * @throws LeaseHeldException if another process, or another part of this one, holds the lease
   */
  public static Lease acquire(Folder folder, String resource) throws IOException {
    return acquire(folder, resource, "");
  }

  /**
   * Takes the lease.
   *
   * @param folder the folder for this lease alone
   * @param resource the name of what the process wants to work on, for messages
   * @param application the id of the Spark application that works on it; empty if there is none
   * @throws LeaseHeldException if another process, or another part of this one, holds the lease
   */
  public static Lease acquire(Folder folder, String resource, String application)
      throws IOException {
    Lease lease = acquire(folder, resource, LeaseOwner.current(application));
    TimerTask renewal =
        new TimerTask() {
          @Override
          public void run() {
            lease.renewOrWarn();
          }
        };
    lease.renewals.schedule(renewal, RENEWAL.toMillis(), RENEWAL.toMillis());
    return lease;
  }

  /** Takes the lease for another process, without renewals. */
  static Lease acquire(Folder folder, String resource, LeaseOwner owner) throws IOException {
    LeaseFile file = new LeaseFile(folder);
    LeaseContent mine = LeaseContent.of(owner);
    try {
      new LeaseTaking(file, resource, mine).take();
    } catch (Throwable e) {
      folder.deleteIfEmpty();
      throw e;
    }
    return new Lease(file, resource, mine);
  }

  /**
   * Returns who holds the lease now. Empty if nobody does, if the lease ran out, or if it is
   * unreadable. Writes nothing: for a process on another machine, the sign of life that the store
   * has is therefore compared with the clock of this machine, which may differ from the store's.
   *
   * @param folder the folder for this lease alone
   */
  public static Optional<LeaseHolder> holder(Folder folder) throws IOException {
    Optional<LeaseFile.Reading> reading = new LeaseFile(folder).read();
    Optional<LeaseOwner> owner =
        reading.flatMap(LeaseFile.Reading::content).map(LeaseContent::owner);
    if (owner.isEmpty()) {
      return Optional.empty();
    }
    boolean isLive =
        owner.get().isSeenBy(LeaseOwner.current(""))
            ? owner.get().isAlive()
            : reading.get().lastSign().plus(EXPIRY).isAfter(Instant.now());
    return reading.get().holder().filter(it -> isLive);
  }

  private void renewOrWarn() {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot renew the lease {}: {}", file.location(), e.getMessage());
    }
  }

  /** Renews the lease, or finds out that it is lost. */
  synchronized void renew() throws IOException {
    if (closed || loss.isPresent()) {
      return;
    }
    look();
    if (loss.isEmpty()) {
      try {
        file.renew(mine);
      } catch (FileNotFoundException | NoSuchFileException e) { // moved away in this moment
        look();
      }
    }
  }

  /** Finds out whether the lease is lost. */
  private void look() throws IOException {
    Optional<LeaseFile.Reading> found = file.readWhole(LeaseFile.NAME, true);
    if (found.isEmpty()) {
      loss = Optional.of(new Loss(gone(), Optional.empty()));
    } else if (found.get().content().isEmpty()) {
      loss = Optional.of(new Loss(unreadable(found.get()), Optional.empty()));
    } else if (!found.get().isOf(mine)) {
      LeaseHolder successor = found.get().holder().orElseThrow();
      loss = Optional.of(new Loss(takenOver(successor), Optional.of(successor)));
    }
  }

  private String takenOver(LeaseHolder successor) {
    return String.format(
        Locale.ROOT,
        "Cannot go on with %s: %s took it over at %s, because this process had given no sign of"
            + " life for %d minutes; leave it to that process",
        resource,
        successor,
        successor.since(),
        EXPIRY.toMinutes());
  }

  private String gone() {
    return String.format(
        Locale.ROOT,
        "Cannot go on with %s: the lease of this process, %s, is gone, because another process took"
            + " it over or somebody deleted it; give the command again",
        resource,
        file.location());
  }

  private String unreadable(LeaseFile.Reading found) {
    return String.format(
        Locale.ROOT,
        "Cannot go on with %s: the lease of this process is unreadable (%s); delete that file if no"
            + " other process uses it, and give the command again",
        resource,
        found.fault());
  }

  /**
   * Checks that this process still holds the lease, as far as it knows. Costs nothing: the lease is
   * looked at when it is renewed or {@link #confirm confirmed}.
   *
   * @throws LeaseHeldException if another process has taken the lease over
   */
  public void requireHeld() throws LeaseHeldException {
    Optional<Loss> lost = loss;
    if (lost.isPresent()) {
      throw new LeaseHeldException(lost.get().sentence(), lost.get().successor());
    }
  }

  /**
   * Checks in the store that this process still holds the lease. Call it before something is
   * published. Costs a few reads.
   *
   * @throws LeaseHeldException if the lease is not this process's any more
   * @throws IOException if the store does not answer
   */
  public synchronized void confirm() throws IOException {
    requireHeld();
    look();
    requireHeld();
  }

  /** Gives the lease back. If the store does not allow that, the lease expires. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    renewals.cancel();
    if (loss.isPresent()) {
      return; // what is there now is another process's
    }
    try {
      file.giveBack(mine);
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot delete {}: {}", file.location(), e.getMessage());
    }
  }
}
