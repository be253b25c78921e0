package org.finegrain.sweep;

import java.util.List;
import java.util.Locale;

/**
 * Signals that some combinations in the space of a sweep are not valid configurations. The message
 * lists all of them.
 */
public final class PlanException extends RuntimeException {
  PlanException(List<String> faults) {
    super(
        String.format(
            Locale.ROOT,
            "Cannot plan %d of the sweep's trials:\n  %s",
            faults.size(),
            String.join("\n  ", faults)));
  }
}
