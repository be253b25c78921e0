package org.finegrain.storage;

import java.io.IOException;
import java.util.Optional;

/** The exception for a {@link Lease} that another process holds. The message names the process. */
public final class LeaseHeldException extends IOException {
  private final transient Optional<LeaseHolder> holder;

  LeaseHeldException(String message, Optional<LeaseHolder> holder) {
    super(message);
    this.holder = holder;
  }

  /**
   * Returns the process that holds the lease. Empty if nobody knows it, because its lease file is
   * unreadable or gone.
   */
  public Optional<LeaseHolder> holder() {
    return holder;
  }
}
