package org.finegrain.dataset;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A list of boxes, a row an image, that a layout may lack. A bad row costs the box of its image and
 * no more; rows of images that no other list names are passed over.
 */
final class BoxList {
  private final String file;
  private final Map<String, ListRow> rows = new HashMap<>();
  private final Map<String, ListRow> repeated = new HashMap<>();

  private BoxList(String file) {
    this.file = file;
  }

  /**
   * @param parse turns a row into a box, or throws a {@link DataException}
   * @return where to read the box of an image of this id
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
