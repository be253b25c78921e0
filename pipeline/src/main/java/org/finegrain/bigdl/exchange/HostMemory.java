package org.finegrain.bigdl.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.storage.StorageUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory that the processes of one host share. It is mapped files in {@code /dev/shm}, which are
 * never on a disk and which only the user of this process can read.
 *
 * <p>A file's name is deleted as soon as all processes have mapped it. A process that is killed
 * later leaves no memory behind.
 */
final class HostMemory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HostMemory.class);
  private static final Path SHARED = Path.of("/dev/shm");
  private static final int BYTES_OF_PIECE = 1 << 20;
  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final String place;
  private final Map<String, Optional<ByteBuffer>> given = new HashMap<>();
  private final Set<Path> named = new HashSet<>();
  private final Map<Path, ByteBuffer> mapped = new HashMap<>();

  private HostMemory(String place) {
    this.place = place;
  }

  /** Opens memory in {@code /dev/shm}. */
  static HostMemory open() {
    return in(SHARED);
  }

  /**
   * Opens memory in a folder. Where files cannot be made in it, {@link #give} returns nothing.
   *
   * @param shared the folder for the files
   */
  static HostMemory in(Path shared) {
    return new HostMemory(shared.resolve("finegrain-" + UUID.randomUUID()).toString());
  }

  /** Returns the beginning of the paths of this process's files, by which others find them. */
  String place() {
    return place;
  }

  /**
   * Returns memory for this process to write. The other processes of the host that read it must map
   * it, with {@link #find}, between the first and the second call with the same name. The second
   * call returns the same memory and deletes the file's name, so that nobody else can map it.
   *
   * @return the memory; empty if there is no room
   */
  synchronized Optional<ByteBuffer> give(String name, int bytes) {
    Path file = file(place, name);
    if (named.remove(file)) {
      delete(file);
    }
    return given.computeIfAbsent(name, absent -> create(file, bytes)).map(HostMemory::fromStart);
  }

  private Optional<ByteBuffer> create(Path file, int bytes) {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PRIVATE)) {
      fill(channel, bytes);
      ByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
      named.add(file);
      return Optional.of(memory);
    } catch (IOException e) {
      LOG.info(
          "Sending {} over a socket on this host, which has no shared memory for it: {}",
          file.getFileName(),
          e.toString());
      delete(file);
      return Optional.empty();
    }
  }

  /** Writes zeros to take the memory now. Without room, a later write would kill the process. */
  private static void fill(FileChannel channel, int bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(Math.min(BYTES_OF_PIECE, bytes));
    for (int missing = bytes; missing > 0; ) {
      zeros.clear().limit(Math.min(zeros.capacity(), missing));
      missing -= channel.write(zeros);
    }
  }

  /**
   * Returns memory that another process gives, to read it.
   *
   * @param place the {@link #place} of the other process
   * @return the memory; empty if it is not on this host
   */
  synchronized Optional<ByteBuffer> find(String place, String name) {
    Path file = file(place, name);
    ByteBuffer memory = mapped.get(file);
    if (memory == null && Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file)) {
        memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        mapped.put(file, memory);
      } catch (IOException e) {
        LOG.info(
            "Fetching {} over a socket on this host, as its shared memory cannot be mapped: {}",
            file.getFileName(),
            e.toString());
      }
    }
    return Optional.ofNullable(memory).map(HostMemory::fromStart);
  }

  private static Path file(String place, String name) {
    return Path.of(place + "-" + name.replace(' ', '-'));
  }

  private static ByteBuffer fromStart(ByteBuffer memory) {
    return memory.duplicate().clear();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Frees all memory. Nobody may use what was given or found afterwards. */
  @Override
  public synchronized void close() {
    Stream.concat(given.values().stream().flatMap(Optional::stream), mapped.values().stream())
        .forEach(StorageUtils::dispose);
    given.clear();
    mapped.clear();
    named.forEach(HostMemory::delete);
    named.clear();
  }
}
