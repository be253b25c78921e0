package org.finegrain.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.finegrain.config.IngestConfig;
import org.finegrain.dataset.OriginalDataset;
import org.finegrain.dataset.Sample;
import org.finegrain.dataset.Split;

/**
 * The assignment of a listed image to a split and a shard. A shard holds consecutive listed images,
 * so a broken image only makes its own shard shorter and moves no other row.
 *
 * @param sample the listed image
 * @param split its split, after the validation split has been taken from train
 * @param shard the number of its shard, counted over all splits from 0
 */
record ShardAssignment(Sample sample, Split split, int shard) implements Serializable {

  /** Returns the assignments of all images, split by split and sorted by image id. */
  static List<ShardAssignment> of(OriginalDataset original, IngestConfig config) {
    Set<String> validation =
        new ValidationSplit(config.validationFraction(), config.splitSeed())
            .choose(original.samples());
    Map<Split, List<Sample>> bySplit = new EnumMap<>(Split.class);
    for (Sample sample : original.samples()) {
      Split split = validation.contains(sample.imageId()) ? Split.VAL : sample.split();
      bySplit.computeIfAbsent(split, key -> new ArrayList<>()).add(sample);
    }
    List<ShardAssignment> assignments = new ArrayList<>();
    int shards = 0;
    for (Map.Entry<Split, List<Sample>> entry : bySplit.entrySet()) {
      List<Sample> samples = entry.getValue();
      samples.sort(Comparator.comparing(Sample::imageId));
      for (int i = 0; i < samples.size(); i++) {
        int shard = shards + i / config.rowsPerShard();
        assignments.add(new ShardAssignment(samples.get(i), entry.getKey(), shard));
      }
      shards = assignments.get(assignments.size() - 1).shard() + 1;
    }
    return assignments;
  }
}
