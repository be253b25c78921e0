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
 * A folder that a report is made of. A file in it that cannot be read is noted as a fault and
 * counts as absent, so that it costs what it holds and nothing else.
 */
final class Source {
  private static final Logger LOG = LoggerFactory.getLogger(Source.class);
  private static final int FORMAT = 1;

  private final Folder folder;
  private final List<Fault> faults = new ArrayList<>();

  Source(Folder folder) {
    this.folder = folder;
  }

  Folder folder() {
    return folder;
  }

  /** Returns the meaning of a JSON document; empty if it is missing or cannot be read. */
  <T> Optional<T> read(String file, JsonFile.Parser<T> parser) throws IOException {
    try {
      return JsonFile.read(folder, file, FORMAT, parser);
    } catch (UnreadableFileException e) {
      note(file, e.fault());
    } catch (FileNotFoundException e) {
      note(file, "it cannot be opened");
    }
    return Optional.empty();
  }

  /** Returns the lines that are JSON objects. One that a dying process tore is left out. */
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
      LOG.warn("Left out a torn line of {}", folder.location(file));
      return Optional.empty();
    }
  }

  void note(String file, String why) {
    faults.add(new Fault(file, why));
  }

  /** Returns what is wrong with a file; empty if nothing has been noted. */
  Optional<Fault> fault(String file) {
    return faults.stream().filter(fault -> fault.file().equals(file)).findFirst();
  }

  /** Returns a sentence for each kind of fault. */
  List<String> faults() {
    return Fault.sentences(faults);
  }
}
