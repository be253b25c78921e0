package org.finegrain.attention;

/** The parameters of aggregate attention by name; a bias that the options leave out is 0. */
record AamWeights(float[] channel, float channelBias, float[] spatial, float spatialBias) {

  static AamWeights of(AamOptions options, float[][] parameters) {
    return options.bias()
        ? new AamWeights(parameters[0], parameters[1][0], parameters[2], parameters[3][0])
        : new AamWeights(parameters[0], 0, parameters[1], 0);
  }
}
