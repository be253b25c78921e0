package org.finegrain.engine;

import org.finegrain.config.LossConfig;
import org.finegrain.config.TrainConfig;

/**
 * The settings of a training.
 *
 * @param loss the loss to minimise
 * @param train all other settings; the learning rates of its optimizer and schedule are not read
 * @param learningRate the learning rate of every step
 * @param seed the seed of the order of the samples and of the masks of the loss
 */
public record TrainingRequest(
    LossConfig loss, TrainConfig train, LearningRate learningRate, long seed) {}
