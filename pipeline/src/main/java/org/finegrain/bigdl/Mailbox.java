package org.finegrain.bigdl;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
 * Numbers that other executors fetch from this one, each time anew under one name. They are blocks
 * of Spark's block manager that the driver is not told of, as those who fetch know where they lie.
 * The blocks are small, so that the first are read while the others travel, and Spark's buffers for
 * what has arrived stay small too.
 */
final class Mailbox {
  private static final int NUMBERS_OF_BLOCK = 1 << 17;

  private final String name;
  private final int length;
  private final NumberFormat format;

  /** Kept: their garbage would be as large as the weights, in each step. */
  private final byte[][] blocks;

  /**
   * @param name unique within the application
   */
  Mailbox(String name, int length, NumberFormat format) {
    this.name = name;
    this.length = length;
    this.format = format;
    this.blocks =
        IntStream.range(0, blocks(length))
            .mapToObj(block -> new byte[format.bytes(lengthOf(block, length))])
            .toArray(byte[][]::new);
  }

  private static int blocks(int length) {
    return (length + NUMBERS_OF_BLOCK - 1) / NUMBERS_OF_BLOCK;
  }

  private static int lengthOf(int block, int length) {
    return Math.min(NUMBERS_OF_BLOCK, length - block * NUMBERS_OF_BLOCK);
  }

  /** In place of what is there; nobody may be fetching it any more. */
  void put(float[] from, int offset) {
    BlockManager manager = SparkEnv.get().blockManager();
    for (int block = 0; block < blocks.length; block++) {
      BlockId id = id(name, block);
      manager.removeBlock(id, false);
      ByteBuffer bytes = ByteBuffer.wrap(blocks[block]);
      format.write(
          from, offset + block * NUMBERS_OF_BLOCK, lengthOf(block, length), bytes.duplicate());
      if (!manager.putBytes(
          id,
          new ChunkedByteBuffer(bytes),
          StorageLevel.MEMORY_AND_DISK_SER(),
          false,
          ClassTag$.MODULE$.Byte())) {
        throw new IllegalStateException(
            "Cannot hold %d bytes for other executors: give more spark.executor.memory"
                .formatted(format.bytes(length)));
      }
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
    String[] ids =
        IntStream.range(0, blocks(length))
            .mapToObj(block -> id(name, block).name())
            .toArray(String[]::new);
    if (ids.length == 0) {
      done.complete(null);
      return done;
    }
    AtomicInteger missing = new AtomicInteger(ids.length);
    SparkEnv.get()
        .blockManager()
        .blockTransferService()
        .fetchBlocks(
            home.host(),
            home.port(),
            home.executorId(),
            ids,
            new BlockFetchingListener() {
              @Override
              public void onBlockFetchSuccess(String id, ManagedBuffer data) {
                try {
                  int block = Integer.parseInt(id.substring(id.lastIndexOf('/') + 1));
                  format.read(
                      data.nioByteBuffer(),
                      to,
                      offset + block * NUMBERS_OF_BLOCK,
                      lengthOf(block, length));
                  if (missing.decrementAndGet() == 0) {
                    done.complete(null);
                  }
                } catch (Exception e) {
                  done.completeExceptionally(e);
                }
              }

              @Override
              public void onBlockFetchFailure(String id, Throwable failure) {
                done.completeExceptionally(failure);
              }
            },
            null);
    return done;
  }

  void empty() {
    BlockManager manager = SparkEnv.get().blockManager();
    for (int block = 0; block < blocks.length; block++) {
      manager.removeBlock(id(name, block), false);
    }
  }

  private static BlockId id(String name, int block) {
    return new TestBlockId(name + "/" + block); // the one kind that takes any name
  }
}
