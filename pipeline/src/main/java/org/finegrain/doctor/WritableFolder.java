package org.finegrain.doctor;

import java.io.IOException;
import java.util.Locale;
import java.util.UUID;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.finegrain.storage.Folder;

/**
 * Checks that a run folder can be written to {@code out}: files are created and replaced, folders
 * are published, and a published folder is never written over.
 */
record WritableFolder(Folder out) implements Check {
  @Override
  public String name() {
    return "out";
  }

  @Override
  public Finding examine() {
    Folder probe = out.folder(".doctor-" + UUID.randomUUID());
    try {
      try {
        return examine(probe);
      } finally {
        probe.delete();
      }
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.failed(
          String.format(Locale.ROOT, "Cannot write to %s, %s", out, e.getMessage()),
          "choose another --out, or give this user the right to create, rename and delete there");
    }
  }

  private Finding examine(Folder probe) throws IOException {
    probe.write("file", "old");
    probe.write("file", "new");
    Folder place = probe.folder("place");
    publish(place, "first");
    try {
      publish(place, "second");
    } catch (FileAlreadyExistsException e) {
      return probe.text("file").equals("new") && place.text("who").equals("first")
          ? Finding.ok(
              String.format(
                  Locale.ROOT,
                  "%s: writes files, replaces them, publishes folders %s, and never over another",
                  out,
                  place.publishesInOneStep() ? "in one step" : "file by file with the marker last"))
          : Finding.failed(
              String.format(Locale.ROOT, "Files in %s are not read as they were written", out),
              "choose a store that shows a file as soon as it is written");
    }
    return Finding.failed(
        String.format(Locale.ROOT, "A folder published in %s replaces the one there", out),
        "choose another store, as two runs could get mixed up on this one");
  }

  private static void publish(Folder place, String who) throws IOException {
    place.publish(partial -> partial.write("who", who));
  }
}
