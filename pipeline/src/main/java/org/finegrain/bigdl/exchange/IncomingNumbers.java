package org.finegrain.bigdl.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.network.client.StreamCallback;

/** Numbers on their way from a socket, or another process's memory, to an array. */
final class IncomingNumbers implements StreamCallback {
  private final CompletableFuture<Void> arrived = new CompletableFuture<>();
  private final String what;
  private final NumberFormat format;
  private final float[] to;
  private final int end;

  /** Of a number that comes in two parts. */
  private final ByteBuffer part;

  private int next;

  /**
   * @param what they are, such as "weights"
   */
  IncomingNumbers(String what, NumberFormat format, float[] to, int offset, int length) {
    this.what = what;
    this.format = format;
    this.to = to;
    this.next = offset;
    this.end = offset + length;
    this.part = ByteBuffer.allocate(format.bytes(1));
  }

  /** Fails with {@link IOException}. */
  CompletableFuture<Void> arrived() {
    return arrived;
  }

  /** In place of the calls that a socket makes. */
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
      throw new IOException("More numbers arrive than were asked for");
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
              String.format(Locale.ROOT, "%d numbers of %s are missing", end - next, what)));
    }
  }

  @Override
  public void onFailure(String stream, Throwable cause) {
    arrived.completeExceptionally(
        new IOException(
            String.format(Locale.ROOT, "Cannot fetch %s: %s", what, cause.getMessage()), cause));
  }
}
