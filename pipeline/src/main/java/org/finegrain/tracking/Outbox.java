package org.finegrain.tracking;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A queue of messages to a server, which a daemon thread delivers in their order. A message that
 * fails for a cause that may be over is tried again until the outbox is closed; any other is left
 * out. One warning is logged at most, whatever happens.
 */
final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  /** About as many epochs as a sweep of a day has. */
  private static final int CAPACITY = 10_000;

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
  private static final Message END = () -> {};

  private final String address;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>(CAPACITY);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean warned = new AtomicBoolean();
  private final AtomicLong lost = new AtomicLong();
  private final Thread worker;

  /** A message, which the outbox's thread delivers. It may be delivered several times in part. */
  @FunctionalInterface
  interface Message {
    void deliver() throws MlflowException, InterruptedException;
  }

  /**
   * Opens an outbox.
   *
   * @param address the address of the server, for messages to the user
   */
  Outbox(String address) {
    this.address = address;
    this.worker = new Thread(this::work, "finegrain-tracking");
    worker.setDaemon(true);
    worker.start();
  }

  /** Adds a message. If too many wait, it is left out. */
  void add(Message message) {
    if (!messages.offer(message)) {
      lost.incrementAndGet();
      warn("too many messages wait");
    }
  }

  /** Waits until all messages are delivered, but no longer than {@code limit}. */
  void close(Duration limit) {
    closing.countDown();
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      if (messages.offer(END, limit.toNanos(), TimeUnit.NANOSECONDS)) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        worker.join(Math.max(1, left)); // 0 would wait forever
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (worker.isAlive()) {
      lost.incrementAndGet(); // the message that it is at
      worker.interrupt();
      warn("it does not answer in time");
    }
    if (warned.get()) {
      LOG.info(
          "{} messages to {} were not delivered; the run folders hold what they said",
          lost.get() + undelivered(),
          address);
    }
  }

  private long undelivered() {
    return messages.stream().filter(message -> message != END).count();
  }

  private void work() {
    try {
      for (Message message = messages.take(); message != END; message = messages.take()) {
        if (!deliver(message)) {
          return;
        }
      }
    } catch (InterruptedException e) { // the outbox is closed, and nobody waits any more
      LOG.debug("The tracking of runs was ended", e);
    }
  }

  /** Delivers a message, or leaves it out; returns false if no further one is worth a try. */
  private boolean deliver(Message message) throws InterruptedException {
    Duration delay = FIRST_DELAY;
    while (true) {
      try {
        message.deliver();
        return true;
      } catch (MlflowException e) {
        warn(e.getMessage());
        if (!e.isWorthRetry()) {
          lost.incrementAndGet();
          return true;
        }
        if (closing.getCount() == 0) {
          lost.incrementAndGet();
          return false;
        }
      } catch (RuntimeException e) { // a fault of this program must not end the tracking
        LOG.debug("Cannot track", e);
        warn(e.toString());
        lost.incrementAndGet();
        return true;
      }
      if (!closing.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
        delay = delay.multipliedBy(2);
        delay = delay.compareTo(LONGEST_DELAY) < 0 ? delay : LONGEST_DELAY;
      }
    }
  }

  private void warn(String reason) {
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "Cannot track at {}: {}; the work goes on, and its folders hold everything",
          address,
          reason);
    }
  }
}
