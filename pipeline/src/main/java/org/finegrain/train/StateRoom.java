package org.finegrain.train;

import java.util.concurrent.Semaphore;

/**
 * The room in the driver's heap for states of trainings. A sweep may train many trials side by
 * side, and each brings its whole state to the driver when an epoch ends. Who wants to bring one
 * waits until there is room for it. So states take a part of the heap that does not grow with the
 * number of trials.
 */
final class StateRoom {
  /** The room of this process: half of its heap. */
  static final StateRoom OF_THIS_PROCESS = new StateRoom(Runtime.getRuntime().maxMemory() / 2);

  private static final long UNIT = 1 << 20;

  private final int units;
  private final Semaphore free;

  /** Makes a room of so many bytes. */
  StateRoom(long bytes) {
    this.units = units(bytes);
    this.free = new Semaphore(units, true);
  }

  private static int units(long bytes) {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
  }

  /**
   * Waits for room and takes it. Nobody who has room may wait for more. What is larger than the
   * whole room gets all of it.
   */
  Place take(long bytes) {
    int taken = Math.min(units, units(bytes + UNIT - 1));
    free.acquireUninterruptibly(taken); // those before it end in any case: they do not wait for it
    return new Place(taken);
  }

  /** Room that is taken until it is closed. */
  final class Place implements AutoCloseable {
    private int taken;

    private Place(int taken) {
      this.taken = taken;
    }

    /** Gives the room back, once. */
    @Override
    public synchronized void close() {
      free.release(taken);
      taken = 0;
    }
  }
}
