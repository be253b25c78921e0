package org.finegrain.storage;

import java.io.IOException;

/** The exception for a {@link Lease} that another process holds. The message names the process. */
public final class LeaseHeldException extends IOException {
  LeaseHeldException(String message) {
    super(message);
  }
}
