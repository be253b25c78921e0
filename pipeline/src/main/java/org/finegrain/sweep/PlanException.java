package org.finegrain.sweep;

import java.util.List;
import java.util.Locale;

/**
 * The space of a sweep holds combinations that are no valid configuration; the message lists all.
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
