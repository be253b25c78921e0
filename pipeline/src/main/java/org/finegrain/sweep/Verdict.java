package org.finegrain.sweep;

/**
 * The verdict of a {@link PruningRule} on one of the settings that it compares.
 *
 * @param setting the index of the setting among those compared
 * @param goesOn whether the setting goes on; else it is given up
 * @param epoch the epoch after which it was compared
 * @param top1 the mean top-1 on validation after it
 * @param reason why, for a reader
 */
record Verdict(int setting, boolean goesOn, int epoch, double top1, String reason) {}
