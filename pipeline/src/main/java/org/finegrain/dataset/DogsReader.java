package org.finegrain.dataset;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.finegrain.storage.Folder;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Matrix;

/**
 * The reader of the original Stanford Dogs folder. The name of a class is that of its image folder.
 *
 * <pre>
 *   lists/train_list.mat, lists/test_list.mat      or beside Images/, where lists.tar unpacks them
 *       file_list    N × 1 cell, "n02085620-Chihuahua/n02085620_5927.jpg"
 *       labels       N × 1, from 1
 *   Images/n02085620-Chihuahua/n02085620_5927.jpg
 *   Annotation/n02085620-Chihuahua/n02085620_5927  Pascal VOC XML; the folder is optional
 * </pre>
 */
final class DogsReader implements DatasetReader {
  private static final String TRAIN = "train_list.mat";
  private static final String TEST = "test_list.mat";

  @Override
  public OriginalDataset read(Folder root) throws IOException {
    DatasetFolder folder = DatasetFolder.find(root, List.of("lists/" + TRAIN, TRAIN));
    Reading reading = new Reading(folder);
    reading.readPart(TRAIN, Split.TRAIN);
    reading.readPart(TEST, Split.TEST);
    return reading.dataset();
  }

  /** The reading of both lists into one dataset. */
  private static final class Reading {
    private final DatasetFolder folder;
    private final VocXml xml = new VocXml();
    private final SampleCollector samples = new SampleCollector();
    private final SortedMap<Integer, String> classes = new TreeMap<>();
    private final List<String> annotations = new ArrayList<>();
    private Optional<ListedFiles> annotationFiles = Optional.empty();

    Reading(DatasetFolder folder) {
      this.folder = folder;
    }

    OriginalDataset dataset() throws IOException {
      ListedFiles files = ListedFiles.find(folder, "Annotation/", annotations);
      if (folder.has("Annotation") || annotations.stream().anyMatch(files::has)) {
        annotationFiles = Optional.of(files);
      }
      return samples.dataset(folder, "dogs", classNames(), 0);
    }

    void readPart(String name, Split split) throws IOException {
      String file = folder.has("lists/" + name) ? "lists/" + name : name;
      MatFile mat = MatFile.read(folder, file);
      Cell files = mat.cell("file_list");
      Matrix labels = mat.matrix("labels");
      if (files.getNumElements() != labels.getNumElements()) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s lists %d files but %d labels: restore it from the original archive",
                mat.name(),
                files.getNumElements(),
                labels.getNumElements()));
      }
      for (int i = 0; i < files.getNumElements(); i++) {
        ListRow row = mat.row(i);
        String path = row.path(mat.text(files, "file_list", i));
        add(row, path, mat.integer(labels, "labels", i), split);
      }
    }

    private void add(ListRow row, String path, int classId, Split split) {
      int slash = path.indexOf('/');
      int dot = path.lastIndexOf('.');
      if (slash < 0 || dot < path.lastIndexOf('/')) {
        throw row.fault(
            String.format(Locale.ROOT, "expected '<class folder>/<image>.jpg', found '%s'", path));
      }
      if (classId < 1) {
        throw row.fault(
            String.format(Locale.ROOT, "label %d is below 1, from which labels count", classId));
      }
      String className = path.substring(0, slash);
      String known = classes.putIfAbsent(classId, className);
      if (known != null && !known.equals(className)) {
        throw row.fault(
            String.format(
                Locale.ROOT, "label %d stands for %s and for %s", classId, known, className));
      }
      String stem = path.substring(0, dot);
      String id = stem.substring(stem.lastIndexOf('/') + 1);
      annotations.add(stem);
      samples.add(row, id, "Images/", path, classId - 1, split, () -> box(row, stem));
    }

    private BoundingBox box(ListRow row, String stem) throws IOException {
      if (annotationFiles.isEmpty()) {
        return SampleCollector.BoxSource.NONE.read();
      }
      String file = annotationFiles.get().path(stem);
      if (!annotationFiles.get().has(stem)) {
        throw new DataException(
            String.format(
                Locale.ROOT,
                "%s:%d: cannot find %s: unpack annotation.tar again, or remove Annotation/ to do"
                    + " without boxes",
                row.file(),
                row.number(),
                file));
      }
      return xml.box(file, new DatasetFolder(folder.root(), "").bytes(file));
    }

    List<String> classNames() {
      List<String> names = new ArrayList<>();
      for (var entry : classes.entrySet()) {
        if (entry.getKey() != names.size() + 1) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s and %s list no image of class %d: restore them from the original archive",
                  folder.path(TRAIN),
                  TEST,
                  names.size() + 1));
        }
        if (names.contains(entry.getValue())) {
          throw new DataException(
              String.format(
                  Locale.ROOT,
                  "%s and %s give %s two labels: restore them from the original archive",
                  folder.path(TRAIN),
                  TEST,
                  entry.getValue()));
        }
        names.add(entry.getValue());
      }
      return List.copyOf(names);
    }
  }
}
