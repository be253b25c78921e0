package org.finegrain.train;

import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.finegrain.ingest.StoredSample;

/**
 * Makes the sample of a number: one of the images, in turn, with the number as its id. Runs on
 * executors.
 */
record RepeatedImage(Broadcast<List<StoredSample>> images) implements Function<Long, StoredSample> {
  @Override
  public StoredSample call(Long number) {
    List<StoredSample> all = images.value();
    StoredSample image = all.get((int) (number % all.size()));
    return new StoredSample(
        number.toString(), image.label(), image.className(), image.jpeg(), image.sha256());
  }
}
