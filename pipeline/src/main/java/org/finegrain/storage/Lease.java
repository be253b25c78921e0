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
 * The right of one process to work on a resource in a folder, such as a run. It requires only that
 * a file system lists every file that was written. So it works on local disks, on HDFS and in
 * object stores.
 *
 * <p>A process that wants the lease writes a claim, a file of its own, and then lists all claims.
 * Of two processes, at least one sees the other's claim. A process that sees no other claim holds
 * the lease, and writes that into its claim. A process that sees a holder withdraws. If two
 * processes only want the lease, the one whose claim has the larger name withdraws, and the other
 * waits for that.
 *
 * <p>A holder renews its claim every {@link #RENEWAL}. The lease of a process on this machine ends
 * with that process. The lease of a process on another machine ends when its claim is {@link
 * #EXPIRY} older than a new one, by the store's clock. If that process continues later, it finds
 * its claim deleted and the lease {@link #requireHeld lost}.
 */
public final class Lease implements AutoCloseable {
  /** The time after which the lease of a process on another machine ends, if it is not renewed. */
  static final Duration EXPIRY = Duration.ofMinutes(3);

  private static final Duration RENEWAL = Duration.ofSeconds(20);
  private static final int FORMAT = 1;
  private static final String ENDING = ".json";
  private static final long POLL_MILLIS = 100;
  private static final int MAX_POLLS = 100;
  private static final int MAX_ATTEMPTS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Folder claims;
  private final String resource;
  private final Claim claim;
  private final Timer renewals = new Timer("lease", true);
  private boolean closed;
  private volatile Optional<LeaseHolder> successor = Optional.empty();
  private volatile String lost = "";

  /**
   * A claim to the lease.
   *
   * @param name the name of its file
   * @param owner the process that wrote it
   * @param since when the process first claimed the lease
   * @param lastSign when the file was last written, by the store's clock
   * @param held whether the process holds the lease; otherwise it only wants it
   */
  private record Claim(
      String name, LeaseOwner owner, Instant since, Instant lastSign, boolean held) {
    LeaseHolder holder() {
      return owner.holder(since, lastSign);
    }

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

  private Lease(Folder claims, String resource, Claim claim) {
    this.claims = claims;
    this.resource = resource;
    this.claim = claim;
  }

  /**
   * Takes the lease for a process without a Spark application.
   *
   * @param claims the folder for the claims to this lease alone
   * @param resource the name of what the process wants to work on, for messages
   * @throws LeaseHeldException if another process, or another part of this one, holds the lease
   */
  public static Lease acquire(Folder claims, String resource) throws IOException {
    return acquire(claims, resource, "");
  }

  /**
   * Takes the lease.
   *
   * @param claims the folder for the claims to this lease alone
   * @param resource the name of what the process wants to work on, for messages
   * @param application the id of the Spark application that works on it; empty if there is none
   * @throws LeaseHeldException if another process, or another part of this one, holds the lease
   */
  public static Lease acquire(Folder claims, String resource, String application)
      throws IOException {
    Lease lease = acquire(claims, resource, LeaseOwner.current(application));
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
  static Lease acquire(Folder claims, String resource, LeaseOwner owner) throws IOException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    Claim wanted = new Claim(UUID.randomUUID() + ENDING, owner, now, now, false);
    Lease lease = new Lease(claims, resource, wanted.asHeld());
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

  /**
   * Returns who holds the lease now. Empty if nobody does, if the lease ran out, or if it is
   * unreadable. Writes nothing: for a process on another machine, the sign of life that the store
   * has is therefore compared with the clock of this machine, which may differ from the store's.
   *
   * @param claims the folder for the claims to this lease alone
   */
  public static Optional<LeaseHolder> holder(Folder claims) throws IOException {
    LeaseOwner self = LeaseOwner.current("");
    for (String name : claims.list()) {
      Optional<Claim> claim = Optional.empty();
      try {
        Instant lastSign = claims.modified(name);
        claim = JsonFile.read(claims, name, FORMAT, json -> Claim.of(name, json, lastSign));
      } catch (FileNotFoundException | UnreadableFileException e) {
        // was withdrawn after it was listed, or tells nothing
      }
      if (claim.isPresent() && claim.get().held()) {
        LeaseOwner owner = claim.get().owner();
        if (owner.isSeenBy(self)
            ? owner.isAlive()
            : claim.get().lastSign().plus(EXPIRY).isAfter(Instant.now())) {
          return claim.map(Claim::holder);
        }
      }
    }
    return Optional.empty();
  }

  private void awaitTurn() throws IOException {
    for (int poll = 0; true; poll++) {
      List<Claim> others = others();
      for (Claim other : others) {
        if (other.held() || other.name().compareTo(claim.name()) < 0 || poll == MAX_POLLS) {
          throw new LeaseHeldException(refusal(other), Optional.of(other.holder()));
        }
      }
      if (others.isEmpty()) {
        return;
      }
      pause();
    }
  }

  /**
   * Returns the other claims whose processes are alive, as far as this process can know. It deletes
   * those of processes that have ended.
   */
  private List<Claim> others() throws IOException {
    List<Claim> others = new ArrayList<>();
    for (String name : claims.list()) {
      if (name.endsWith(ENDING) && !name.equals(claim.name())) {
        try {
          read(name).ifPresent(others::add);
        } catch (FileNotFoundException e) {
          // was withdrawn after it was listed
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
              "Cannot use %s: another process may be using it, but its claim is unreadable (%s); delete"
                  + " that file if no process uses it",
              resource,
              e.getMessage()),
          Optional.empty());
    }
  }

  private boolean isOver(Claim other) throws IOException {
    if (other.owner().isSeenBy(claim.owner())) {
      if (other.owner().isAlive()) {
        return false;
      }
      LOG.warn("Taking over {}: {}, which used it, has ended", resource, other.holder());
      return true;
    }
    if (isExpired(other.lastSign())) {
      LOG.warn(
          "Taking over {}: {}, which used it, has given no sign of life since {}",
          resource,
          other.holder(),
          other.lastSign());
      return true;
    }
    return false;
  }

  /**
   * Returns whether a claim is too old. It is compared with a claim that this process has just
   * written, so that only the store's clock counts.
   */
  private boolean isExpired(Instant lastSign) throws IOException {
    return lastSign.plus(EXPIRY).isBefore(claims.modified(claim.name()));
  }

  private String refusal(Claim other) {
    String held =
        String.format(
            Locale.ROOT,
            "Cannot use %s: %s has been using it since %s; wait until it ends, or stop it",
            resource,
            other.holder(),
            other.since());
    return other.owner().isSeenBy(claim.owner())
        ? held
        : String.format(
            Locale.ROOT,
            "%s; if it has already ended, delete %s, or try again %d minutes after its last sign of"
                + " life, which was at %s",
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
        // A process that withdrew has just deleted the folder.
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private void renewOrWarn() {
    try {
      renew();
    } catch (IOException | RuntimeException e) {
      LOG.warn("Cannot renew the lease in {}: {}", claims, e.getMessage());
    }
  }

  /** Renews the claim, or finds out that the lease is lost. */
  synchronized void renew() throws IOException {
    if (closed || isLost()) {
      return;
    }
    write(claim);
    for (Claim other : others()) {
      if (other.held() && !other.since().isBefore(claim.since())) {
        successor = Optional.of(other.holder());
        lost =
            String.format(
                Locale.ROOT,
                "Cannot go on with %s: %s took it over at %s, because this process had given no sign of"
                    + " life for %d minutes",
                resource,
                other.holder(),
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
   * Checks that this process still holds the lease, as far as it knows. Costs nothing: the lease is
   * looked at when it is renewed or {@link #confirm confirmed}.
   *
   * @throws LeaseHeldException if another process has taken the lease over
   */
  public void requireHeld() throws LeaseHeldException {
    if (isLost()) {
      throw new LeaseHeldException(lost, successor);
    }
  }

  /**
   * Checks in the store that this process still holds the lease. Call it before something is
   * published.
   *
   * @throws LeaseHeldException if the lease is not this process's any more
   * @throws IOException if the store does not answer
   */
  public void confirm() throws IOException {
    renew();
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
