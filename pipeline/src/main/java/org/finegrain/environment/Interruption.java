package org.finegrain.environment;

/** The interruption of this process from outside: by Ctrl-C, or by another signal that ends it. */
public final class Interruption {
  private static volatile boolean underWay;

  private Interruption() {}

  /** Notes that a signal is ending this process. The handler of the signal calls it first. */
  public static void begin() {
    underWay = true;
  }

  /**
   * Returns whether a signal is ending this process. A failure from then on is a consequence of it.
   */
  public static boolean isUnderWay() {
    return underWay;
  }
}
