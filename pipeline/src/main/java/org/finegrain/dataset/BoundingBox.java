package org.finegrain.dataset;

import java.io.Serializable;

/** A box in pixels of the original image; left and top count from 0. */
public record BoundingBox(double left, double top, double width, double height)
    implements Serializable {}
