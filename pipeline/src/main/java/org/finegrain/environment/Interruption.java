package org.finegrain.environment;

/** The end of this process from outside: by Ctrl-C, or by another signal that ends it. */
public final class Interruption {
  private static volatile boolean underWay;

  private Interruption() {}

  /** Is called by the first thing that the signal sets off. */
  public static void begin() {
    underWay = true;
  }

  /** Says whether it has begun: what fails from then on fails because of it. */
  public static boolean isUnderWay() {
    return underWay;
  }
}
