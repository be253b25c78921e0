package org.finegrain.doctor;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.finegrain.config.BatchNormStatistics;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.config.TrainConfig;
import org.finegrain.dataset.OfficialCounts;
import org.finegrain.engine.Topology;
import org.finegrain.model.FeatureMapShape;
import org.finegrain.model.Layer;
import org.finegrain.model.LayerGraph;
import org.finegrain.model.ResNet;

/**
 * Checks that each batch norm sees several values of every channel. The variance of a single value
 * is 0, so that the layer would put out its bias whatever enters, and no layer before it would
 * learn. PyTorch refuses such a training too.
 */
record BatchNormValues(List<ExperimentConfig> experiments, Topology topology) implements Check {
  @Override
  public String name() {
    return "batch-norm";
  }

  @Override
  public Finding examine() {
    List<String> faults = experiments.stream().map(this::fault).flatMap(Optional::stream).toList();
    if (faults.isEmpty()) {
      return Finding.ok("each layer sees several values of every channel");
    }
    String text = faults.stream().distinct().collect(Collectors.joining("; "));
    return faults.size() == experiments.size()
        ? Finding.failed(text)
        : Finding.warning(text, "these trials will learn nothing; the others are not affected");
  }

  private Optional<String> fault(ExperimentConfig config) {
    TrainConfig train = config.train();
    if (train.batchNormStatistics() == BatchNormStatistics.STORED || !seesOneImage(train)) {
      return Optional.empty();
    }
    int classes = OfficialCounts.of(config.dataset()).classes(); // no batch norm depends on it
    LayerGraph network = ResNet.of(config.model(), classes, config.loss());
    Map<String, FeatureMapShape> maps = network.shapes(config.augmentation().imageSize());
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof Layer.BatchNorm)
        .map(LayerGraph.Node::name)
        .filter(name -> train.freeze().stream().noneMatch(part -> name.startsWith(part + ".")))
        .filter(name -> maps.get(name).height() * maps.get(name).width() == 1)
        .findFirst()
        .map(
            name ->
                String.format(
                    Locale.ROOT,
                    "%s sees a single value of each channel, a map of 1×1 of one image, so that no layer before it learns: raise augmentation.image-size, train.batch-size or train.micro-batch-size, or set train.batch-norm-statistics = stored",
                    name));
  }

  /** Returns whether some replica computes on a single image at a time. */
  private boolean seesOneImage(TrainConfig train) {
    return train.step().microBatchSize() == 1
        || train.step().batchSize() / topology.replicas() <= 1;
  }
}
