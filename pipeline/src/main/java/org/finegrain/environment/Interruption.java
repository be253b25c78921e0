package org.finegrain.environment;

import org.apache.hadoop.util.ShutdownHookManager;

/** The end of this process from outside: by Ctrl-C, or by another signal that ends it. */
public final class Interruption {
  private Interruption() {}

  /** Says whether it has begun: what fails from then on fails because of it. */
  public static boolean isUnderWay() {
    return ShutdownHookManager.get().isShutdownInProgress();
  }
}
