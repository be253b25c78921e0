package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.finegrain.storage.Folder;

/**
 * The reader of the original CUB-200-2011 folder.
 *
 * <pre>
 *   CUB_200_2011/
 *     classes.txt             {class id, from 1} {class name}
 *     images.txt              {image id} {path under images/}
 *     image_class_labels.txt  {image id} {class id}
 *     train_test_split.txt    {image id} {1 = train, 0 = test}
 *     bounding_boxes.txt      {image id} {x} {y} {width} {height}      optional
 *     images/001.Black_footed_Albatross/*.jpg
 * </pre>
 */
final class CubReader implements DatasetReader {
  @Override
  public OriginalDataset read(Folder root) throws IOException {
    DatasetFolder folder = DatasetFolder.find(root, List.of("images.txt"));
    List<String> classNames = classNames(folder.rows("classes.txt"));
    Map<String, ListRow> images = byId(folder, "images.txt");
    Map<String, ListRow> labels = byId(folder, "image_class_labels.txt", images);
    Map<String, ListRow> splits = byId(folder, "train_test_split.txt", images);
    var boxes = BoxList.read(folder, "bounding_boxes.txt", CubReader::box);

    SampleCollector samples = new SampleCollector();
    for (Map.Entry<String, ListRow> image : images.entrySet()) {
      String id = image.getKey();
      ListRow row = image.getValue();
      String path = row.path(row.fields(2, "<image id> <path>")[1]);
      int label = label(labels.get(id), classNames.size());
      samples.add(row, id, "images/", path, label, split(splits.get(id)), boxes.apply(id));
    }
    return samples.dataset(folder, "cub", classNames, 0);
  }

  private static List<String> classNames(List<ListRow> rows) {
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (ListRow row : rows) {
      String[] fields = row.fields(2, "<class id> <class name>");
      if (row.integer(fields[0], "a class id") != names.size() + 1) {
        throw row.fault(
            String.format(
                Locale.ROOT, "expected class id %d, found '%s'", names.size() + 1, fields[0]));
      }
      if (!seen.add(fields[1])) {
        throw row.fault(String.format(Locale.ROOT, "the class %s is listed twice", fields[1]));
      }
      names.add(fields[1]);
    }
    return List.copyOf(names);
  }

  private static Map<String, ListRow> byId(DatasetFolder folder, String file) throws IOException {
    Map<String, ListRow> table = new LinkedHashMap<>();
    for (ListRow row : folder.rows(file)) {
      String id = row.fields(2, "<image id> …")[0];
      row.integer(id, "an image id");
      ListRow first = table.putIfAbsent(id, row);
      if (first != null) {
        throw row.fault(
            String.format(
                Locale.ROOT, "image %s is listed twice, first in row %d", id, first.number()));
      }
    }
    return table;
  }

  /** Reads a table that must hold exactly the images of {@code images.txt}. */
  private static Map<String, ListRow> byId(
      DatasetFolder folder, String file, Map<String, ListRow> images) throws IOException {
    Map<String, ListRow> table = byId(folder, file);
    table.forEach(
        (id, row) -> {
          if (!images.containsKey(id)) {
            throw row.fault(String.format(Locale.ROOT, "image %s is not in images.txt", id));
          }
        });
    images.forEach(
        (id, row) -> {
          if (!table.containsKey(id)) {
            throw row.fault(String.format(Locale.ROOT, "image %s is not in %s", id, file));
          }
        });
    return table;
  }

  private static int label(ListRow row, int classes) {
    int classId = row.integer(row.fields(2, "<image id> <class id>")[1], "a class id");
    if (classId < 1 || classId > classes) {
      throw row.fault(
          String.format(Locale.ROOT, "class id %d is not in 1 to %d", classId, classes));
    }
    return classId - 1; // the file counts from 1, every later stage from 0
  }

  private static Split split(ListRow row) {
    String train = row.fields(2, "<image id> <1 = train, 0 = test>")[1];
    return switch (train) {
      case "1" -> Split.TRAIN;
      case "0" -> Split.TEST;
      default ->
          throw row.fault(
              String.format(Locale.ROOT, "expected 1 (train) or 0 (test), found '%s'", train));
    };
  }

  private static BoundingBox box(ListRow row) {
    String[] fields = row.fields(5, "<image id> <x> <y> <width> <height>");
    return new BoundingBox(
        row.number(fields[1], "x"),
        row.number(fields[2], "y"),
        row.number(fields[3], "a width"),
        row.number(fields[4], "a height"));
  }
}
