package org.finegrain.report;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A fault of a file that a report cannot use.
 *
 * @param file the file's name within its folder
 * @param reason what is wrong with the file, such as "it is empty"
 */
record FileFault(String file, String reason) implements Serializable {
  @Override
  public String toString() {
    return file + ": " + reason;
  }

  /** Returns a sentence for each kind of fault. It names all files that have the fault. */
  static List<String> sentences(List<FileFault> faults) {
    return faults.stream()
        .map(FileFault::kind)
        .distinct()
        .map(
            kind ->
                faults.stream()
                        .filter(fault -> fault.kind().equals(kind))
                        .map(FileFault::file)
                        .collect(Collectors.joining(", "))
                    + ": "
                    + kind.reason())
        .toList();
  }

  /** Returns the fault without the trial's folder, so that it is equal for files of all trials. */
  private FileFault kind() {
    return new FileFault(file.substring(file.lastIndexOf('/') + 1), reason);
  }
}
