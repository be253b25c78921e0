package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.finegrain.storage.Folder;

/**
 * The reader of the original FGVC-Aircraft folder (2013b). The variants are the classes; their
 * names contain spaces and {@code /}.
 *
 * <pre>
 *   fgvc-aircraft-2013b/data/
 *     variants.txt                   {variant}, one row for each class
 *     images_variant_trainval.txt    {image id, 7 digits} {variant}; or …_train.txt and …_val.txt
 *     images_variant_test.txt
 *     images_box.txt                 {image id} {xmin} {ymin} {xmax} {ymax}      optional
 *     images/{image id}.jpg
 * </pre>
 *
 * The lowest 20 rows of every image are a copyright banner. Boxes count pixels from 1 and include
 * their last row and column.
 */
final class AircraftReader implements DatasetReader {
  private static final int BANNER_ROWS = 20;
  private static final String TRAIN = "images_variant_trainval.txt";
  private static final String TRAIN_PART = "images_variant_train.txt";
  private static final String VAL_PART = "images_variant_val.txt";
  private static final String TEST = "images_variant_test.txt";

  @Override
  public OriginalDataset read(Folder root) throws IOException {
    DatasetFolder folder = DatasetFolder.find(root, List.of(TEST, "variants.txt"));
    Map<String, Integer> variants = variants(folder.rows("variants.txt"));
    var boxes = BoxList.read(folder, "images_box.txt", AircraftReader::box);
    SampleCollector samples = new SampleCollector();
    for (Split split : List.of(Split.TRAIN, Split.TEST)) {
      for (ListRow row : split == Split.TRAIN ? train(folder) : folder.rows(TEST)) {
        String[] fields = row.fields(2, "<image id> <variant>");
        String id = imageId(row, fields[0]);
        Integer label = variants.get(fields[1].strip());
        if (label == null) {
          throw row.fault(
              String.format(Locale.ROOT, "the variant '%s' is not in variants.txt", fields[1]));
        }
        samples.add(row, id, "images/", id + ".jpg", label, split, boxes.apply(id));
      }
    }
    List<String> classNames = new ArrayList<>(variants.keySet());
    classNames.sort((a, b) -> variants.get(a) - variants.get(b));
    return samples.dataset(folder, "aircraft", classNames, BANNER_ROWS);
  }

  /** Reads the list of train and validation images. Some copies have one list for each instead. */
  private static List<ListRow> train(DatasetFolder folder) throws IOException {
    if (folder.has(TRAIN) || !folder.has(TRAIN_PART) || !folder.has(VAL_PART)) {
      return folder.rows(TRAIN);
    }
    List<ListRow> rows = new ArrayList<>(folder.rows(TRAIN_PART));
    rows.addAll(folder.rows(VAL_PART));
    return rows;
  }

  private static Map<String, Integer> variants(List<ListRow> rows) {
    Map<String, Integer> variants = new HashMap<>();
    for (ListRow row : rows) {
      if (variants.putIfAbsent(row.text().strip(), variants.size()) != null) {
        throw row.fault(
            String.format(Locale.ROOT, "the variant '%s' is listed twice", row.text().strip()));
      }
    }
    return variants;
  }

  private static BoundingBox box(ListRow row) {
    String[] fields = row.fields(5, "<image id> <xmin> <ymin> <xmax> <ymax>");
    double left = row.number(fields[1], "xmin") - 1;
    double top = row.number(fields[2], "ymin") - 1;
    double right = row.number(fields[3], "xmax");
    double bottom = row.number(fields[4], "ymax");
    return new BoundingBox(left, top, right - left, bottom - top);
  }

  private static String imageId(ListRow row, String id) {
    if (!id.matches("[0-9]{7}")) {
      throw row.fault(
          String.format(Locale.ROOT, "an image id must have seven digits, found '%s'", id));
    }
    return id;
  }
}
