package org.finegrain.train;

import java.io.Serializable;
import org.finegrain.ingest.StoredSample;

/**
 * A stored sample as one view of it is to be scored.
 *
 * @param view index of the view
 */
record SampleView(StoredSample sample, int view) implements Serializable {}
