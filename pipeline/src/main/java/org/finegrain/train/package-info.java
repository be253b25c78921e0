/**
 * One run: trainer, schedules, checkpoints, evaluation, listeners, and the run folder. May use
 * {@code bigdl}, {@code ingest}, {@code storage}, {@code model} and {@code config}; imports neither
 * BigDL nor Scala.
 */
package org.finegrain.train;
