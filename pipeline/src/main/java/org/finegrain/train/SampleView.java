package org.finegrain.train;

import java.io.Serializable;
import org.finegrain.ingest.StoredSample;

/**
 * A stored sample, together with the view of it that is scored.
 *
 * @param view the index of the view
 */
record SampleView(StoredSample sample, int view) implements Serializable {}
