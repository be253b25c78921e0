package org.finegrain.report;

import java.io.Serializable;

/**
 * The values of one line of {@code metrics.jsonl} that figures show; NaN where the file has null.
 *
 * @param epoch the epoch, from 1
 * @param trainLoss the mean loss over the train split
 * @param valTop1 top-1 on the validation split, from 0 to 1
 */
record EpochMetrics(int epoch, double trainLoss, double valTop1) implements Serializable {}
