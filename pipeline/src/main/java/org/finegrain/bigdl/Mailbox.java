package org.finegrain.bigdl;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.TestBlockId;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.reflect.ClassTag$;

/**
 * Numbers that other executors fetch from this one, each time anew under one name. It is a block of
 * Spark's block manager that the driver is not told of, as those who fetch know where it lies.
 */
final class Mailbox {
  private final String name;
  private final int length;
  private final NumberFormat format;
  private final byte[] bytes; // kept: its garbage would be as large as the weights, in each step

  /**
   * @param name unique within the application
   */
  Mailbox(String name, int length, NumberFormat format) {
    this.name = name;
    this.length = length;
    this.format = format;
    this.bytes = new byte[format.bytes(length)];
  }

  /** In place of what is there; nobody may be fetching it any more. */
  void put(float[] from, int offset) {
    BlockManager blocks = SparkEnv.get().blockManager();
    blocks.removeBlock(id(name), false);
    format.write(from, offset, length, ByteBuffer.wrap(bytes));
    if (!blocks.putBytes(
        id(name),
        new ChunkedByteBuffer(ByteBuffer.wrap(bytes)),
        StorageLevel.MEMORY_AND_DISK_SER(),
        false,
        ClassTag$.MODULE$.Byte())) {
      throw new IllegalStateException(
          "Cannot hold %d bytes for other executors: give more spark.executor.memory"
              .formatted(bytes.length));
    }
  }

  /**
   * Fetches what {@code name} holds at {@code home}.
   *
   * @param format in which it was put there
   * @return done when it is in {@code to}
   */
  static CompletableFuture<Void> fetch(
      BlockManagerId home, String name, NumberFormat format, float[] to, int offset, int length) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    SparkEnv.get()
        .blockManager()
        .blockTransferService()
        .fetchBlocks(
            home.host(),
            home.port(),
            home.executorId(),
            new String[] {id(name).name()},
            new BlockFetchingListener() {
              @Override
              public void onBlockFetchSuccess(String block, ManagedBuffer data) {
                try {
                  format.read(data.nioByteBuffer(), to, offset, length);
                  done.complete(null);
                } catch (Exception e) {
                  done.completeExceptionally(e);
                }
              }

              @Override
              public void onBlockFetchFailure(String block, Throwable failure) {
                done.completeExceptionally(failure);
              }
            },
            null);
    return done;
  }

  void empty() {
    SparkEnv.get().blockManager().removeBlock(id(name), false);
  }

  private static BlockId id(String name) {
    return new TestBlockId(name); // the one kind that takes any name
  }
}
