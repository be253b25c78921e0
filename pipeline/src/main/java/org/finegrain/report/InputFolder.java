package org.finegrain.report;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.security.AccessControlException;
import org.finegrain.storage.Folder;
import org.finegrain.storage.JsonFields;
import org.finegrain.storage.JsonFile;
import org.finegrain.storage.UnreadableFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that a report reads. A file that cannot be read is noted as a fault and treated as
 * missing, so that the report lacks only what that file holds.
 */
final class InputFolder {
  private static final Logger LOG = LoggerFactory.getLogger(InputFolder.class);
  private static final int FORMAT = 1;

  private final Folder folder;
  private final List<FileFault> faults = new ArrayList<>();

  InputFolder(Folder folder) {
    this.folder = folder;
  }

  Folder folder() {
    return folder;
  }

  /** Reads and parses a JSON file; empty if it is missing or cannot be read. */
  <T> Optional<T> read(String file, JsonFile.Parser<T> parser) throws IOException {
    return read(file, FORMAT, FORMAT, parser);
  }

  /** Reads a file whose format may be an older one, in the same way. */
  <T> Optional<T> read(String file, int oldest, int newest, JsonFile.Parser<T> parser)
      throws IOException {
    try {
      return JsonFile.read(folder, file, oldest, newest, parser);
    } catch (UnreadableFileException e) {
      note(file, e.fault());
    } catch (FileNotFoundException e) {
      note(file, "it cannot be opened");
    }
    return Optional.empty();
  }

  /**
   * Returns the lines that are JSON objects. An incomplete line of a killed process is left out.
   */
  List<JsonFields> lines(String file) throws IOException {
    List<JsonFields> lines = new ArrayList<>();
    try {
      if (folder.exists(file)) {
        folder.lines(file).forEach(line -> parse(file, line).ifPresent(lines::add));
      }
    } catch (FileNotFoundException | AccessDeniedException | AccessControlException e) {
      note(file, "it cannot be opened");
    }
    return lines;
  }

  private Optional<JsonFields> parse(String file, String line) {
    try {
      return Optional.of(JsonFile.parse(line));
    } catch (IllegalArgumentException e) {
      LOG.warn("Leaving out an incomplete line of {}", folder.location(file));
      return Optional.empty();
    }
  }

  /** Notes a fault of a file. */
  void note(String file, String reason) {
    note(new FileFault(file, reason));
  }

  /** Notes a fault of a file. */
  void note(FileFault fault) {
    faults.add(fault);
  }

  /** Returns the faults noted so far. */
  List<FileFault> notes() {
    return List.copyOf(faults);
  }

  /** Returns the first fault noted for a file; empty if there is none. */
  Optional<FileFault> fault(String file) {
    return faults.stream().filter(fault -> fault.file().equals(file)).findFirst();
  }

  /** Returns a sentence for each kind of fault. */
  List<String> faults() {
    return FileFault.sentences(faults);
  }
}
