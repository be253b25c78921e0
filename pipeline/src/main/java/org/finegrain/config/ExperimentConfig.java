package org.finegrain.config;

/**
 * One experiment, as resolved from {@code conf/reference.conf}, the {@code --config} files and
 * {@code --set}.
 *
 * @param seed the seed of the run; every random stream derives from it
 * @param dataset short name of the dataset: cub, aircraft, cars or dogs
 */
public record ExperimentConfig(
    long seed,
    String dataset,
    IngestConfig ingest,
    AugmentationConfig augmentation,
    ModelConfig model,
    LossConfig loss,
    TrainConfig train,
    SweepConfig sweep,
    SyntheticConfig synthetic,
    ClusterConfig cluster) {}
