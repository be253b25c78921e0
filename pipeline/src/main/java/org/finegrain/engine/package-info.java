/**
 * The contract between the trainer and the engine that computes: what a training is asked to do,
 * what it learns from, what it reports, and how it fails. No type of BigDL or Scala appears here,
 * so that another engine could take the place of {@code bigdl}.
 *
 * <p>Start at {@link org.finegrain.engine.TrainingRequest} for the settings of a training, at
 * {@link org.finegrain.engine.TrainingObserver} for what it reports, and at {@link
 * org.finegrain.engine.TrainingState} for what a later training can resume from.
 */
package org.finegrain.engine;
