package org.finegrain.storage;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right of one process to work on something in a folder, such as a run. It needs no more of a
 * file system than that a file that was written is listed, so that it holds on local disks, on HDFS
 * and in object stores.
 *
 * <p>A process that wants the lease writes a claim, a file of its own, and then lists all claims.
 * Of two processes at least one sees the other's claim. The one that sees no other holds the lease,
 * and says so in its claim. One that sees a holder withdraws. Of two that only want it, the one
 * with the larger name withdraws, and the other waits to see what becomes of it.
 *
 * <p>A holder writes its claim anew every {@link #RENEWAL}. The lease of a process on this machine
 * ends with that process. The lease of one elsewhere ends when its claim is {@link #EXPIRY} older
 * than a new one, by the store's clock. A holder that comes back after that finds its claim gone,
 * and the lease {@link #requireHeld lost}.
 */
public final class Lease implements AutoCloseable {
  /** How long a process elsewhere may give no sign of life. */
  static final Duration EXPIRY = Duration.ofMinutes(3);

  private static final Duration RENEWAL = Duration.ofSeconds(20);
  private static final int FORMAT = 1;
  private static final String ENDING = ".json";
  private static final long POLL_MILLIS = 100;
  private static final int MOST_POLLS = 100;
  private static final int MOST_ATTEMPTS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Folder claims;
  private final String what;
  private final Claim claim;
  private final Timer renewals = new Timer("lease", true);
  private boolean closed;
  private volatile String lost = "";

  /**
   * @param name of its file
   * @param lastSign when the file was last written, by the store's clock
   * @param held false: only wanted
   */
  private record Claim(
      String name, LeaseOwner owner, Instant since, Instant lastSign, boolean held) {
    Claim asHeld() {
      return new Claim(name, owner, since, lastSign, true);
    }

    String text() {
      ObjectNode json = JSON.createObjectNode();
      json.put("format", FORMAT);
      owner.putInto(json);
      json.put("since", since.toString());
      json.put("held", held);
      return json + "\n";
    }

    static Claim of(String name, JsonFields json, Instant lastSign) {
      return new Claim(
          name,
          LeaseOwner.of(json),
          json.time("since"),
          lastSign,
          json.json().path("held").asBoolean(true));
    }
  }

  private Lease(Folder claims, String what, Claim claim) {
    this.claims = claims;
    this.what = what;
    this.claim = claim;
  }

  /**
   * Takes the lease, which has a folder of its own for its claims.
   *
   * @param what the process wants to work on, for messages
   * @throws LeaseHeldException if another process, or another part of this one, has it
   */
  public static Lease acquire(Folder claims, String what) throws IOException {
    Lease lease = acquire(claims, what, LeaseOwner.current());
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

  /** As {@link #acquire(Folder, String)}, for another process and without renewals. */
  static Lease acquire(Folder claims, String what, LeaseOwner owner) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Claim wanted = new Claim(UUID.randomUUID() + ENDING, owner, now, now, false);
    Lease lease = new Lease(claims, what, wanted.asHeld());
    try {
      lease.write(wanted);
      lease.awaitTurn();
      lease.write(lease.claim);
      return lease;
    } catch (Throwable e) {
      lease.close();
      throw e;
    }
  }

  private void awaitTurn() throws IOException {
    for (int poll = 0; true; poll++) {
      List<Claim> others = others();
      for (Claim other : others) {
        if (other.held() || other.name().compareTo(claim.name()) < 0 || poll == MOST_POLLS) {
          throw new LeaseHeldException(refusal(other));
        }
      }
      if (others.isEmpty()) {
        return;
      }
      pause();
    }
  }

  /** The claims of processes that live, as far as can be told; those of others are deleted. */
  private List<Claim> others() throws IOException {
    List<Claim> others = new ArrayList<>();
    for (String name : claims.list()) {
      if (name.endsWith(ENDING) && !name.equals(claim.name())) {
        try {
          read(name).ifPresent(others::add);
        } catch (FileNotFoundException e) {
          // withdrawn since it was listed
        }
      }
    }
    for (Claim other : List.copyOf(others)) {
      if (isOver(other)) {
        claims.delete(other.name());
        others.remove(other);
      }
    }
    return others;
  }

  private Optional<Claim> read(String name) throws IOException {
    Instant lastSign = claims.modified(name);
    try {
      return JsonFile.read(claims, name, FORMAT, json -> Claim.of(name, json, lastSign));
    } catch (UnreadableFileException e) {
      if (isExpired(lastSign)) {
        claims.delete(name);
        return Optional.empty();
      }
      throw new LeaseHeldException(
          String.format(
              Locale.ROOT,
              "Cannot use %s: which process uses it cannot be told (%s); delete the file if none"
                  + " does",
              what,
              e.getMessage()));
    }
  }

  private boolean isOver(Claim other) throws IOException {
    if (other.owner().isSeenBy(claim.owner())) {
      if (other.owner().isAlive()) {
        return false;
      }
      LOG.warn("{} was left by {}, which has ended; going on with it", what, other.owner());
      return true;
    }
    if (isExpired(other.lastSign())) {
      LOG.warn(
          "{} was left by {}, of which there is no sign since {}; going on with it",
          what,
          other.owner(),
          other.lastSign());
      return true;
    }
    return false;
  }

  /** Against a claim that this process has just written: one clock, that of the store. */
  private boolean isExpired(Instant lastSign) throws IOException {
    return lastSign.plus(EXPIRY).isBefore(claims.modified(claim.name()));
  }

  private String refusal(Claim other) {
    String held =
        String.format(
            Locale.ROOT,
            "Cannot use %s: %s has been using it since %s; wait until it ends, or stop it",
            what,
            other.owner(),
            other.since());
    return other.owner().isSeenBy(claim.owner())
        ? held
        : String.format(
            Locale.ROOT,
            "%s; if it is gone already, delete %s, or try again %d minutes after its last sign of"
                + " life, which was %s",
            held,
            claims,
            EXPIRY.toMinutes(),
            other.lastSign().truncatedTo(ChronoUnit.SECONDS));
  }

  private void write(Claim value) throws IOException {
    for (int attempt = 1; true; attempt++) {
      try {
        claims.write(value.name(), value.text());
        return;
      } catch (FileNotFoundException | NoSuchFileException e) {
        // One that withdrew has just deleted the folder.
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void renewOrWarn() {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot give a sign of life in {}: {}", claims, e.getMessage());
    }
  }

  /** Gives a sign of life, or finds out that the lease is lost. */
  synchronized void renew() throws IOException {
    if (closed || isLost()) {
      return;
    }
    write(claim);
    for (Claim other : others()) {
      if (other.held() && !other.since().isBefore(claim.since())) {
        lost =
            String.format(
                Locale.ROOT,
                "Cannot go on with %s: %s took it over at %s, after no sign of life from this"
                    + " process for %d minutes",
                what,
                other.owner(),
                other.since(),
                EXPIRY.toMinutes());
        claims.delete(claim.name());
      }
    }
  }

  private boolean isLost() {
    return !lost.isEmpty();
  }

  /**
   * Says whether this process may still work on it.
   *
   * @throws LeaseHeldException if another process has taken the lease over
   */
  public void requireHeld() throws LeaseHeldException {
    if (isLost()) {
      throw new LeaseHeldException(lost);
    }
  }

  /** Gives the lease back. Where the store does not let it, the lease expires. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    renewals.cancel();
    try {
      claims.delete(claim.name());
      claims.deleteIfEmpty();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot delete {}: {}", claims.location(claim.name()), e.getMessage());
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
}
