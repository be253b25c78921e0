package org.finegrain.storage;

import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The taking of a {@link Lease} by one process: it creates the file, or replaces that of a holder
 * that has ended.
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
      // A store that cannot create exclusively may have let two processes create it.
      if (file.create(mine) && isMine()) {
        return;
      }
      Optional<LeaseFile.Reading> other = file.readWhole(LeaseFile.NAME, false);
      if (other.isPresent()) {
        String reason = requireEnded(other.get());
        if (file.replace(other.get(), mine) && isMine()) {
          LOG.warn("Took over {}: {}, which used it, {}", resource, who(other.get()), reason);
          return;
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

  private boolean isMine() throws IOException {
    return file.readWhole(LeaseFile.NAME, true).filter(it -> it.isOf(mine)).isPresent();
  }

  /**
   * Checks that the holder has ended, as far as this process can know.
   *
   * @return how this process knows it, in words
   */
  private String requireEnded(LeaseFile.Reading other) throws IOException {
    Optional<String> ended = file.ended(other, mine.owner());
    if (ended.isPresent()) {
      return ended.get();
    }
    Optional<LeaseOwner> owner = other.content().map(LeaseContent::owner);
    throw refusal(
        other,
        owner.isEmpty()
            ? unreadable(other)
            : owner.get().isSeenBy(mine.owner()) ? inUse(other) : inUseElsewhere(other));
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
