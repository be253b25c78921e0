package org.finegrain.engine;

import org.finegrain.config.LossConfig;
import org.finegrain.config.TrainConfig;

/**
 * What a training is to do.
 *
 * @param train the learning rates of its optimizer and schedule are not read
 * @param learningRate of each step
 * @param seed of the samples' order and of the loss's masks
 */
public record TrainingRequest(
    LossConfig loss, TrainConfig train, LearningRate learningRate, long seed) {}
