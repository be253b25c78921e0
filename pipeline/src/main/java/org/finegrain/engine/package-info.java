/**
 * The contract between the trainer and the engine that computes: what a training is asked to do,
 * what it learns from, what it reports, and how it fails. No type of BigDL or Scala appears here,
 * so that another engine could take the place of {@code bigdl}.
 *
 * <p>Start at {@link org.finegrain.engine.TrainingRequest} for what a training is told, at {@link
 * org.finegrain.engine.TrainingObserver} for what it tells, and at {@link
 * org.finegrain.engine.TrainingState} for what it can go on from.
 */
package org.finegrain.engine;
