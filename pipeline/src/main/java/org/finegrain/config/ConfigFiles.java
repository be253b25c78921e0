package org.finegrain.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A source that configuration files are read from. */
@FunctionalInterface
public interface ConfigFiles {
  /** Reads the file at {@code location}, a path or a URI; empty if there is none. */
  Optional<byte[]> read(String location) throws IOException;

  /** Returns the source of local files, which are named by a path or as {@code file:/…}. */
  static ConfigFiles local() {
    return location -> {
      Path path = Path.of(location.replaceFirst("^file:(//)?(?=/)", ""));
      if (Files.isDirectory(path)) {
        throw new IOException("it is a folder");
      }
      try {
        return Optional.of(Files.readAllBytes(path));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      }
    };
  }
}
