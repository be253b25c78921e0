package org.finegrain.ingest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.finegrain.dataset.BadBox;
import org.finegrain.dataset.BoundingBox;
import org.finegrain.dataset.Sample;
import org.finegrain.image.ImageException;
import org.finegrain.storage.Checksums;
import org.finegrain.storage.Folder;
import scala.Tuple2;

/**
 * The function that reads a listed image, decodes it, and makes its row, keyed by shard. It runs on
 * executors.
 *
 * <p>A broken image gives no row and is reported as quarantined. A box outside of its image gives a
 * row without box and is reported too. If the storage fails, the task fails, since the image may be
 * fine.
 */
final class StoreImage implements PairFlatMapFunction<ShardAssignment, Integer, Row> {
  private final Broadcast<SerializableConfiguration> hadoop;
  private final String root;
  private final List<String> classNames;
  private final boolean boxes;
  private final StoredForm form;
  private final LongAccumulator done;
  private final CollectionAccumulator<Quarantined> quarantine;
  private final CollectionAccumulator<BadBox> badBoxes;

  StoreImage(
      Broadcast<SerializableConfiguration> hadoop,
      String root,
      List<String> classNames,
      boolean boxes,
      StoredForm form,
      LongAccumulator done,
      CollectionAccumulator<Quarantined> quarantine,
      CollectionAccumulator<BadBox> badBoxes) {
    this.hadoop = hadoop;
    this.root = root;
    this.classNames = classNames;
    this.boxes = boxes;
    this.form = form;
    this.done = done;
    this.quarantine = quarantine;
    this.badBoxes = badBoxes;
  }

  @Override
  public Iterator<Tuple2<Integer, Row>> call(ShardAssignment assignment) throws IOException {
    List<Tuple2<Integer, Row>> rows = new ArrayList<>(1);
    try {
      Folder folder = Folder.at(root, hadoop.value().value());
      StoredForm.StoredImage stored =
          form.of(OriginalImage.read(folder, assignment.sample().path()));
      rows.add(new Tuple2<>(assignment.shard(), row(assignment, stored)));
    } catch (ImageException e) {
      quarantine.add(
          new Quarantined(assignment.sample().path(), assignment.split().folder(), e.getMessage()));
    }
    done.add(1);
    return rows.iterator();
  }

  private Row row(ShardAssignment assignment, StoredForm.StoredImage stored) {
    Sample sample = assignment.sample();
    List<Object> values = new ArrayList<>();
    values.add(assignment.split().folder());
    values.add(sample.imageId());
    values.add(sample.label());
    values.add(classNames.get(sample.label()));
    values.add(stored.width());
    values.add(stored.height());
    values.add(stored.jpeg());
    values.add(sample.path());
    values.add(Checksums.sha256(stored.jpeg()));
    if (boxes) {
      BoundingBox box = sample.boundingBox().flatMap(stored::box).orElse(null);
      if (box == null && sample.box() != null) {
        badBoxes.add(new BadBox(sample.path(), sample.box().outside()));
      }
      values.add(box == null ? null : box.left());
      values.add(box == null ? null : box.top());
      values.add(box == null ? null : box.width());
      values.add(box == null ? null : box.height());
    }
    return RowFactory.create(values.toArray());
  }
}
