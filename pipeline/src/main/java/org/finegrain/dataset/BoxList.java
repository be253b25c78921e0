package org.finegrain.dataset;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A list of boxes with one row for each image. A layout may lack it. A bad row costs only the box
 * of its image. Rows of images that no other list names are ignored.
 */
final class BoxList {
  private final String file;
  private final Map<String, ListRow> rows = new HashMap<>();
  private final Map<String, ListRow> repeated = new HashMap<>();

  private BoxList(String file) {
    this.file = file;
  }

  /**
   * Reads a list and returns the source of each image's box, by image id.
   *
   * @param parse turns a row into a box, or throws a {@link DataException}
   */
  static Function<String, SampleCollector.BoxSource> read(
      DatasetFolder folder, String name, Function<ListRow, BoundingBox> parse) throws IOException {
    if (!folder.has(name)) {
      return id -> SampleCollector.BoxSource.NONE;
    }
    BoxList list = new BoxList(folder.path(name));
    for (ListRow row : folder.rows(name)) {
      String id = row.text().strip().split("\\s+", 2)[0];
      if (list.rows.putIfAbsent(id, row) != null) {
        list.repeated.put(id, row);
      }
    }
    return id -> () -> parse.apply(list.row(id));
  }

  private ListRow row(String id) {
    ListRow row = rows.get(id);
    if (row == null) {
      throw new DataException(String.format(Locale.ROOT, "%s lists no box of image %s", file, id));
    }
    if (repeated.containsKey(id)) {
      throw repeated.get(id).fault(String.format(Locale.ROOT, "image %s is listed twice", id));
    }
    return row;
  }
}
