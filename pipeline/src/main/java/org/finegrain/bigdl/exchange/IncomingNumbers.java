package org.finegrain.bigdl.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.network.client.StreamCallback;

/** Numbers on their way to an array, from a socket or from memory of another process. */
final class IncomingNumbers implements StreamCallback {
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();
  private final String what;
  private final NumberFormat format;
  private final float[] to;
  private final int end;

  /** The bytes so far of a number that arrives in two parts. */
  private final ByteBuffer part;

  private int next;

  /**
   * Creates the receiver of {@code length} numbers.
   *
   * @param what the name of the numbers in messages, such as "weights"
   * @param to receives the numbers from {@code offset} on
   */
  IncomingNumbers(String what, NumberFormat format, float[] to, int offset, int length) {
    this.what = what;
    this.format = format;
    this.to = to;
    this.next = offset;
    this.end = offset + length;
    this.part = ByteBuffer.allocate(format.bytes(1));
  }

  /** Returns a future that completes with the last number, or fails with an {@link IOException}. */
  CompletableFuture<Void> arrived() {
    return arrived;
  }

  /** Reads all numbers at once, from memory rather than from a socket. */
  void onAll(ByteBuffer data) {
    try {
      onData(what, data);
      onComplete(what);
    } catch (IOException e) {
      onFailure(what, e);
    }
  }

  @Override
  public void onData(String stream, ByteBuffer data) throws IOException {
    while (part.position() > 0 && data.hasRemaining()) {
      part.put(data.get());
      if (!part.hasRemaining()) {
        read(part.flip(), 1);
        part.clear();
      }
    }
    int numbers = data.remaining() / part.capacity();
    read(data, numbers);
    part.put(data.position(data.position() + format.bytes(numbers)));
  }

  private void read(ByteBuffer data, int numbers) throws IOException {
    if (numbers > end - next) {
      throw new IOException("more numbers arrive than were asked for");
    }
    format.read(data, to, next, numbers);
    next += numbers;
  }

  @Override
  public void onComplete(String stream) {
    if (next == end) {
      arrived.complete(null);
    } else {
      arrived.completeExceptionally(
          new IOException(
              String.format(
                  Locale.ROOT,
                  "Cannot fetch %s: the last %d numbers are missing",
                  what,
                  end - next)));
    }
  }

  @Override
  public void onFailure(String stream, Throwable cause) {
    arrived.completeExceptionally(
        new IOException(
            String.format(Locale.ROOT, "Cannot fetch %s: %s", what, cause.getMessage()), cause));
  }
}
