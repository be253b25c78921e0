package org.finegrain.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Where the text of configuration files comes from. */
@FunctionalInterface
public interface ConfigFiles {
  /** The text at {@code location}, a path or a URI; empty if there is no such file. */
  Optional<String> read(String location) throws IOException;

  /** Files of this machine: a path, also as {@code file:/…}. */
  static ConfigFiles local() {
    return location -> {
      Path path = Path.of(location.replaceFirst("^file:(//)?(?=/)", ""));
      try {
        return Files.isDirectory(path) ? Optional.empty() : Optional.of(Files.readString(path));
      } catch (NoSuchFileException | FileNotFoundException e) {
        return Optional.empty();
      }
    };
  }
}
