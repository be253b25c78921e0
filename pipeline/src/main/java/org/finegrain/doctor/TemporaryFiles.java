package org.finegrain.doctor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A check of the folder of temporary files, into which Spark and the engine unpack libraries. */
final class TemporaryFiles {
  private TemporaryFiles() {}

  /** Returns why no file can be written to {@code folder}; empty if one can. */
  static Optional<String> fault(String folder) {
    try {
      Path path = Path.of(folder);
      if (Files.exists(path) && !Files.isDirectory(path)) {
        return sentence(folder, "it is not a folder");
      }
      Files.delete(Files.createTempFile(path, "finegrain", ""));
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return sentence(folder, "it does not exist");
    } catch (AccessDeniedException e) {
      return sentence(folder, "it is not writable");
    } catch (IOException
        | RuntimeException
            e) { // InvalidPathException: the locale's encoding lacks a letter of the name
      return sentence(folder, e.getMessage());
    }
  }

  private static Optional<String> sentence(String folder, String why) {
    return Optional.of(
        String.format(Locale.ROOT, "Cannot write temporary files to %s, %s", folder, why));
  }
}
