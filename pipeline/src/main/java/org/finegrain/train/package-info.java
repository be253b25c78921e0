/**
 * Carries out one run: trains a configuration on an ingested dataset, and writes its run folder.
 *
 * <p>Read three files first: {@link org.finegrain.train.Trainer} is the entrance for callers,
 * {@code Run} takes a run from its newest checkpoint to its result, and {@code EpochRecorder} does
 * the work after each epoch. {@code Checkpoints} and {@code RunFolder} hold the files, {@code
 * Selection} and {@code StoppingRule} the decisions, {@code Evaluation} the scores, {@code
 * Schedules} the learning rate. A {@code RunListener} is informed of every step. {@link
 * org.finegrain.train.RunLog} holds what is logged meanwhile, and {@link
 * org.finegrain.train.RunProgress} tells other processes how far a run has come.
 *
 * <p>The package trains through {@code bigdl} and imports neither BigDL nor Scala. The files of the
 * run folder are specified in {@code docs/formats.md}.
 *
 * <p>Promise: a run that was stopped and resumed ends with the same bits as one never stopped, and
 * the test split is read once, at the end.
 */
package org.finegrain.train;
