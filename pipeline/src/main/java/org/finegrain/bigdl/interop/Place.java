package org.finegrain.bigdl.interop;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkContext$;
import org.apache.spark.storage.BlockManagerId;
import scala.Tuple2;
import scala.collection.JavaConverters;

/**
 * A place where tasks run.
 *
 * @param executor the id of the executor
 * @param host the name or address of its host
 */
public record Place(String executor, String host) implements Serializable {
  /** Returns the places of all executors that are registered now, without the driver. */
  public static List<Place> registered(SparkContext spark) {
    List<Place> places = new ArrayList<>();
    for (Tuple2<BlockManagerId, ?> each :
        JavaConverters.asJavaCollection(
            spark.env().blockManager().master().getMemoryStatus().toSeq())) {
      BlockManagerId id = each._1();
      if (!id.executorId().equals(SparkContext$.MODULE$.DRIVER_IDENTIFIER())) {
        places.add(new Place(id.executorId(), id.host()));
      }
    }
    return places;
  }

  /** Returns the place in the form in which an RDD tells Spark's scheduler which it prefers. */
  String location() {
    return "executor_" + host + "_" + executor;
  }
}
