package org.finegrain.ingest;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.LongAccumulator;
import org.finegrain.dataset.Split;
import org.finegrain.image.ImageEncoder;
import org.finegrain.image.RgbImage;
import org.finegrain.storage.Checksums;
import scala.Tuple2;

/**
 * The function that makes the rows of a train image's variants, keyed by shard. It runs on
 * executors.
 */
final class MakeVariants implements PairFlatMapFunction<Tuple2<Row, Long>, Integer, Row> {
  private static final double QUALITY = 0.95;

  private final LoadSample.ForTraining load;
  private final int variants;
  private final int rowsPerShard;
  private final LongAccumulator done;

  MakeVariants(LoadSample.ForTraining load, int variants, int rowsPerShard, LongAccumulator done) {
    this.load = load;
    this.variants = variants;
    this.rowsPerShard = rowsPerShard;
    this.done = done;
  }

  /**
   * Makes the rows of one image's variants.
   *
   * @param numbered a row of the train split, with its number in the split from 0
   */
  @Override
  public Iterator<Tuple2<Integer, Row>> call(Tuple2<Row, Long> numbered) {
    Row row = numbered._1();
    List<Tuple2<Integer, Row>> rows = new ArrayList<>(variants);
    for (RgbImage image : load.variants(Columns.sample(row), variants)) {
      int variant = rows.size();
      int shard = shard(numbered._2() * variants + variant, rowsPerShard);
      rows.add(new Tuple2<>(shard, variant(row, variant, image)));
    }
    done.add(1);
    return rows.iterator();
  }

  static int shard(long place, int rowsPerShard) {
    return Math.toIntExact(place / rowsPerShard);
  }

  private static Row variant(Row row, int variant, RgbImage image) {
    byte[] jpeg = ImageEncoder.jpeg(image, QUALITY);
    return RowFactory.create(
        Split.TRAIN.folder(),
        row.getAs(Columns.IMAGE_ID),
        variant,
        row.getAs(Columns.LABEL),
        row.getAs(Columns.CLASS_NAME),
        image.width(),
        image.height(),
        jpeg,
        row.getAs(Columns.SOURCE_PATH),
        Checksums.sha256(jpeg));
  }
}
