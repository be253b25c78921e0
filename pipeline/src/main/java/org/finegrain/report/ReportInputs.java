package org.finegrain.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.environment.Build;
import org.finegrain.storage.FileStamp;
import org.finegrain.storage.Folder;

/**
 * The listing of what a report is made of: the sizes and times of all files in its folders, its
 * options, and the code that writes it. A report whose listing is that of the report before has the
 * same bytes, so that it need not be written again. Needs no Spark, and opens no file of a run.
 *
 * <p>The listing is taken before the files are read. A file that changes meanwhile therefore has
 * another time at the next look.
 */
public final class ReportInputs {
  /** The file in the report's folder that holds the listing of its inputs and its own files. */
  public static final String FILE = ".inputs.json";

  /** A file this young may change once more without a new time, as some stores count in seconds. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private static final String MANIFEST = "/_manifest.json";
  private static final JsonMapper JSON = new JsonMapper();

  private final Optional<ObjectNode> listing;

  private ReportInputs(Optional<ObjectNode> listing) {
    this.listing = listing;
  }

  /**
   * Lists the inputs.
   *
   * @param folders the folders of sweeps and of runs
   * @param data a folder of ingested datasets by short name, of which a report reads the manifests
   * @param out the folder that the report is written to
   * @param form the options that decide the report's bytes
   */
  public static ReportInputs list(
      List<Folder> folders, Optional<Folder> data, Folder out, String form) throws IOException {
    Optional<String> code = Build.current().identity();
    ObjectNode listing = JSON.createObjectNode();
    listing.put("format", 1);
    listing.put("code", code.orElse(""));
    listing.put("java", System.getProperty("java.runtime.version"));
    listing.put("out", out.location());
    listing.put("form", form);
    long newest = 0;
    for (Folder folder : folders) {
      SortedMap<String, FileStamp> files = folder.stamps(Integer.MAX_VALUE);
      files.keySet().removeIf(name -> folder.location(name).startsWith(out.location() + "/"));
      newest = Math.max(newest, put(listing, folder, files));
    }
    if (data.isPresent()) {
      SortedMap<String, FileStamp> files = data.get().stamps(2);
      files.keySet().removeIf(name -> !name.endsWith(MANIFEST));
      newest = Math.max(newest, put(listing, data.get(), files));
    }
    boolean isSettled = newest <= System.currentTimeMillis() - SETTLED.toMillis();
    return new ReportInputs(
        code.isPresent() && isSettled ? Optional.of(listing) : Optional.empty());
  }

  /** Adds the files of a folder, and returns the time of the newest. */
  private static long put(ObjectNode listing, Folder folder, SortedMap<String, FileStamp> files) {
    ObjectNode stamps = listing.withObject("/inputs").putObject(folder.location());
    files.forEach(
        (name, stamp) -> stamps.putArray(name).add(stamp.bytes()).add(stamp.modifiedMillis()));
    return files.values().stream().mapToLong(FileStamp::modifiedMillis).max().orElse(0);
  }

  /** Returns whether {@code out} holds the whole report that these inputs give. */
  public boolean gave(Folder out) throws IOException {
    return listing.isPresent()
        && out.exists(FILE)
        && out.exists("index.html")
        && out.text(FILE).equals(text(out));
  }

  /** Forgets what the report in {@code out} was made of, as it is to be written anew. */
  public static void forget(Folder out) throws IOException {
    if (out.exists(FILE)) {
      out.delete(FILE);
    }
  }

  /** Notes in {@code out} that the report there was made of these inputs. */
  public void noteIn(Folder out) throws IOException {
    if (listing.isPresent()) {
      out.write(FILE, text(out));
    }
  }

  /** Returns the listing with the hashes of the report's own files. */
  private String text(Folder out) throws IOException {
    SortedMap<String, String> hashes = new TreeMap<>();
    for (String name : out.files(2).keySet()) {
      if (Report.isFile(name)) {
        hashes.put(name, out.sha256(name));
      }
    }
    ObjectNode all = listing.orElseThrow().deepCopy();
    ObjectNode files = all.putObject("files");
    hashes.forEach(files::put);
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
  }
}
