package org.finegrain.attention;

/**
 * The parameters of aggregate attention by name, or their gradients. A parameter that the options
 * leave out is null.
 */
record AamWeights(float[] channel, float[] channelBias, float[] spatial, float[] spatialBias) {

  static AamWeights of(AamOptions options, float[][] parameters) {
    int i = 0;
    float[] channel = options.hasChannel() ? parameters[i++] : null;
    float[] channelBias = options.hasChannel() && options.bias() ? parameters[i++] : null;
    float[] spatial = options.hasSpatial() ? parameters[i++] : null;
    float[] spatialBias = options.hasSpatial() && options.bias() ? parameters[i] : null;
    return new AamWeights(channel, channelBias, spatial, spatialBias);
  }
}
