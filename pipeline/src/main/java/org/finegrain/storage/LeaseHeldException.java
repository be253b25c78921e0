package org.finegrain.storage;

import java.io.IOException;

/** Another process works on what a {@link Lease} was asked for. The message says which. */
public final class LeaseHeldException extends IOException {
  LeaseHeldException(String message) {
    super(message);
  }
}
