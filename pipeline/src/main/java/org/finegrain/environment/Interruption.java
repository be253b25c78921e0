package org.finegrain.environment;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The interruption of this process from outside: by Ctrl-C, or by another signal that ends it. It
 * has two stages. Work that {@link Attention pays attention} is first asked to end by itself, so
 * that it loses nothing. The process is ended where no work pays attention, or where the work takes
 * too long.
 */
public final class Interruption {
  private static final CountDownLatch REQUEST = new CountDownLatch(1);
  private static int attentive;
  private static volatile boolean underWay;

  private Interruption() {}

  /**
   * The attention that some work pays to the interruption. While it does, the work asks often for
   * {@link #isRequested}, and ends by itself when that is so.
   */
  public static final class Attention implements AutoCloseable {
    private boolean paid;

    /** Begins to pay attention, or goes on with it. */
    public void begin() {
      change(true);
    }

    /** Ends the attention, until it begins again. */
    public void end() {
      change(false);
    }

    private void change(boolean pay) {
      synchronized (REQUEST) {
        if (paid != pay) {
          paid = pay;
          attentive += pay ? 1 : -1;
        }
      }
    }

    @Override
    public void close() {
      end();
    }
  }

  /**
   * Asks the work of this process to end by itself. The handler of a signal calls it first.
   *
   * @return whether some work pays attention, and will therefore end
   */
  public static boolean request() {
    synchronized (REQUEST) {
      REQUEST.countDown();
      return attentive > 0;
    }
  }

  /** Notes that the process is being ended, whatever its work does. */
  public static void begin() {
    REQUEST.countDown();
    underWay = true;
  }

  /**
   * Returns whether a signal has come that ends this process. A failure from then on is a
   * consequence of it.
   */
  public static boolean isRequested() {
    return REQUEST.getCount() == 0;
  }

  /** Returns whether the process is being ended, whatever its work does. */
  public static boolean isUnderWay() {
    return underWay;
  }

  /** Waits for a signal, at most for {@code time}; returns whether one has come. */
  public static boolean awaitRequest(Duration time) throws InterruptedException {
    return REQUEST.await(time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
