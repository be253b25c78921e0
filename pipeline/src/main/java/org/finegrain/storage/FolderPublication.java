package org.finegrain.storage;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The publication of a folder whose contents were written beside it, into a hidden folder. An old
 * folder in its place is set aside into another hidden folder meanwhile.
 *
 * @param guard the check before each change of the folder
 */
record FolderPublication(FileSystem fileSystem, Path folder, Folder.Guard guard) {
  private static final String UNFINISHED = ".partial";
  private static final String REPLACED = ".replaced";

  /** Returns a new hidden name beside a file or a folder, for its unfinished content. */
  static Path unfinished(Path path) {
    return hidden(path, UNFINISHED);
  }

  private static Path hidden(Path path, String ending) {
    return Folder.inside(path.getParent(), "." + path.getName() + "." + UUID.randomUUID() + ending);
  }

  /** Returns whether a file or folder of this name is the unfinished content of another one. */
  static boolean isUnfinished(String name) {
    return name.startsWith(".") && name.endsWith(UNFINISHED);
  }

  /** Returns the {@link #unfinished} folders of this folder that still exist. */
  List<Path> unfinished() throws IOException {
    return beside(UNFINISHED);
  }

  private List<Path> beside(String ending) throws IOException {
    Path parent = folder.getParent();
    FileStatus[] all =
        fileSystem.exists(parent) ? fileSystem.listStatus(parent) : new FileStatus[0];
    return Arrays.stream(all)
        .map(FileStatus::getPath)
        .filter(found -> isHidden(found.getName(), ending))
        .toList();
  }

  /**
   * Returns whether a hidden folder belongs to this one, and not to one whose name begins with this
   * one's.
   */
  private boolean isHidden(String name, String ending) {
    return name.startsWith("." + folder.getName() + ".")
        && name.endsWith(ending)
        && name.length() == hidden(folder, ending).getName().length();
  }

  /** Moves {@code partial} to the folder's place. If that fails, {@code partial} is deleted. */
  void publish(Path partial) throws IOException {
    Rename rename = new Rename(fileSystem);
    try {
      guard.check();
      rename.publish(partial, folder);
    } catch (Throwable e) {
      rename.giveUp(partial, e);
      throw e;
    }
  }

  /**
   * Moves {@code partial} to the folder's place, where an old folder may be. If that fails, {@code
   * partial} is deleted, and the old folder returns.
   */
  void replace(Path partial) throws IOException {
    if (!fileSystem.exists(folder)) {
      publish(partial);
      return;
    }
    Rename rename = new Rename(fileSystem);
    Path old = hidden(folder, REPLACED);
    try {
      guard.check();
      rename.setAside(folder, old);
      publish(partial);
    } catch (Throwable e) {
      rename.giveUp(partial, e);
      putBack(old, e);
      throw e;
    }
    fileSystem.delete(old, true);
  }

  private void putBack(Path old, Throwable failure) {
    try {
      if (fileSystem.exists(old)) {
        guard.check();
        new Rename(fileSystem).putBack(old, folder);
      }
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  /**
   * Finishes a {@link #replace} that was killed. If the new folder is in place, the old one is
   * deleted; otherwise the old one returns.
   */
  void finishReplace() throws IOException {
    Rename rename = new Rename(fileSystem);
    for (Path old : beside(REPLACED)) {
      guard.check();
      if (rename.isOneStep() ? fileSystem.exists(folder) : hasMarker()) {
        fileSystem.delete(old, true);
      } else {
        rename.putBack(old, folder);
      }
    }
  }

  private boolean hasMarker() throws IOException {
    return fileSystem.exists(folder)
        && Arrays.stream(fileSystem.listStatus(folder))
            .anyMatch(status -> Rename.isMarker(status.getPath().getName()));
  }
}
