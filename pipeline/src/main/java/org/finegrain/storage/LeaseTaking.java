package org.finegrain.storage;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The taking of a {@link Lease} by one process. If the holder has ended, its file is moved away
 * first.
 *
 * @param file the file of the lease
 * @param resource the name of what the process wants to work on, for messages
 * @param mine the content that the file is to have
 */
record LeaseTaking(LeaseFile file, String resource, LeaseContent mine) {
  private static final int MAX_ATTEMPTS = 10;
  private static final Logger LOG = LoggerFactory.getLogger(LeaseTaking.class);

  /**
   * Takes the lease.
   *
   * @throws LeaseHeldException if another process, or another part of this one, holds it
   */
  void take() throws IOException {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      // A process that moves an empty file away may have met this one before it had its content.
      if (file.create(mine) && file.readWhole(true).filter(it -> it.isOf(mine)).isPresent()) {
        return;
      }
      Optional<LeaseFile.Reading> other = file.readWhole(false);
      if (other.isPresent()) {
        String reason = requireEnded(other.get());
        String token = other.get().content().orElse(mine).token();
        if (file.end(other.get(), LeaseFile.tombstone(token))) {
          LOG.warn("Taking over {}: {}, which used it, {}", resource, who(other.get()), reason);
        }
      }
    }
    throw new LeaseHeldException(
        String.format(
            Locale.ROOT,
            "Cannot use %s: other processes take it and give it back at this moment; try again",
            resource),
        Optional.empty());
  }

  /**
   * Checks that the holder has ended, as far as this process can know.
   *
   * @return how this process knows it, in words
   */
  private String requireEnded(LeaseFile.Reading other) throws IOException {
    Optional<LeaseOwner> owner = other.content().map(LeaseContent::owner);
    if (owner.isPresent() && owner.get().isSeenBy(mine.owner())) {
      if (owner.get().isAlive()) {
        throw refusal(other, inUse(other));
      }
      return "has ended";
    }
    if (!other.lastSign().plus(Lease.EXPIRY).isBefore(file.now())) {
      throw refusal(other, owner.isPresent() ? inUseElsewhere(other) : unreadable(other));
    }
    return "has given no sign of life since " + other.lastSign();
  }

  private static LeaseHeldException refusal(LeaseFile.Reading other, String sentence) {
    return new LeaseHeldException(sentence, other.holder());
  }

  private static String who(LeaseFile.Reading other) {
    return other.holder().map(LeaseHolder::toString).orElse("another process");
  }

  private String inUse(LeaseFile.Reading other) {
    return String.format(
        Locale.ROOT,
        "Cannot use %s: %s has been using it since %s; wait until it ends, or stop it",
        resource,
        who(other),
        other.content().orElseThrow().since());
  }

  private String inUseElsewhere(LeaseFile.Reading other) {
    return String.format(
        Locale.ROOT,
        "%s; if it has already ended, delete %s, or try again %d"
            + " minutes after its last sign of life, which was at %s",
        inUse(other),
        file.location(),
        Lease.EXPIRY.toMinutes(),
        other.lastSign().truncatedTo(ChronoUnit.SECONDS));
  }

  private String unreadable(LeaseFile.Reading other) {
    return String.format(
        Locale.ROOT,
        "Cannot use %s: another process may be using it, but its lease is unreadable (%s); delete"
            + " that file if no process uses it",
        resource,
        other.fault());
  }
}
