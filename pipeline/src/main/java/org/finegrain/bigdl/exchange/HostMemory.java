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
 * Memory that the processes of one host share: files that are never on a disk, which only this
 * process's user can read.
 *
 * <p>A file's name goes as soon as all have mapped it, so that no killed process leaves memory
 * behind but one that is killed before.
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

  static HostMemory open() {
    return in(SHARED);
  }

  /**
   * @param shared folder for the files; where none can be made, nothing is given
   */
  static HostMemory in(Path shared) {
    return new HostMemory(shared.resolve("finegrain-" + UUID.randomUUID()).toString());
  }

  /** Of what this process gives. */
  String place() {
    return place;
  }

  /**
   * Memory to be written, which others of this host then find under {@code name}: the same again
   * each time, once all that will ever read it have mapped it.
   *
   * @return empty if there is none to spare
   */
  synchronized Optional<ByteBuffer> give(String name, int bytes) {
    Path file = file(place, name);
    if (named.remove(file)) {
      delete(file);
    }
    return given.computeIfAbsent(name, it -> create(file, bytes)).map(HostMemory::whole);
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
      LOG.info("{} travels over a socket on this host: {}", file.getFileName(), e.toString());
      delete(file);
      return Optional.empty();
    }
  }

  /** What is mapped without it is found missing when it is written, which ends the process. */
  private static void fill(FileChannel channel, int bytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(Math.min(BYTES_OF_PIECE, bytes));
    for (int missing = bytes; missing > 0; ) {
      zeros.clear().limit(Math.min(zeros.capacity(), missing));
      missing -= channel.write(zeros);
    }
  }

  /**
   * What another process gives, to be read.
   *
   * @param place the other's
   * @return empty if it is not there, as for another host's
   */
  synchronized Optional<ByteBuffer> find(String place, String name) {
    Path file = file(place, name);
    ByteBuffer memory = mapped.get(file);
    if (memory == null && Files.exists(file)) {
      try (FileChannel channel = FileChannel.open(file)) {
        memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        mapped.put(file, memory);
      } catch (IOException e) {
        LOG.info("{} comes over a socket on this host: {}", file.getFileName(), e.toString());
      }
    }
    return Optional.ofNullable(memory).map(HostMemory::whole);
  }

  private static Path file(String place, String name) {
    return Path.of(place + "-" + name.replace(' ', '-'));
  }

  private static ByteBuffer whole(ByteBuffer memory) {
    return memory.duplicate().clear();
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was given or found is not to be touched any more. */
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
