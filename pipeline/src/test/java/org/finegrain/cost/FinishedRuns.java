package org.finegrain.cost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import org.finegrain.config.ExperimentConfig;
import org.finegrain.engine.EngineKind;
import org.finegrain.engine.Topology;
import org.finegrain.environment.Machine;
import org.finegrain.storage.Folder;
import org.finegrain.sweep.SweepJson;

/**
 * Writes the files of finished runs, of 4 epochs with 10 steps of 10 images. Each run trained on
 * 400 images in steps that took 8 s, of which the passes took 6 s and waiting for images 1 s. It
 * scored 4 · 20 images of validation and 30 of test, and took {@code seconds} in all.
 */
record FinishedRuns(Folder runs, Hardware hardware, double seconds) {
  static final int EPOCHS = 4;
  static final int STEPS = 10;
  static final int BATCH = 10;

  /** Returns the hardware of one executor on all processors of this machine. */
  static Hardware here() {
    Machine machine = Machine.current();
    return new Hardware(
        new Topology(EngineKind.MKL_DNN, 1, machine.processors()),
        Integer.toString(machine.processors()),
        machine.cpu(),
        String.join(" ", machine.vectors()));
  }

  void write(ExperimentConfig config) throws IOException {
    Folder run = runs.folder(config.runId());
    run.write("metrics.jsonl", metrics());
    run.write("provenance.json", provenance());
    run.write("result.json", result(config));
  }

  private static String metrics() {
    StringBuilder lines = new StringBuilder();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      lines.append(
          String.format(
              Locale.ROOT,
              "{\"epoch\":%d,\"step\":%d,\"learning-rate\":0.1,\"train-loss\":1.5,\"val-samples\":20,"
                  + "\"val-loss\":1.2,\"val-top1\":0.5,\"val-top5\":1.0,\"images-per-second\":50.0,"
                  + "\"seconds\":4.0,\"seconds-waiting\":0.25,\"seconds-computing\":1.5,"
                  + "\"seconds-straggling\":0.0,\"seconds-exchanging\":0.25}\n",
              epoch,
              epoch * STEPS));
    }
    return lines.toString();
  }

  private String provenance() {
    ObjectNode json = SweepJson.object();
    json.put("format", 1);
    ObjectNode attempt = json.putArray("attempts").addObject();
    hardware.fields().forEach(attempt::put);
    return SweepJson.text(json);
  }

  private String result(ExperimentConfig config) {
    ObjectNode json = SweepJson.object();
    json.put("format", 1);
    json.put("run-id", config.runId());
    json.put("dataset", config.dataset());
    json.put("data-fingerprint", "f1");
    json.put("seed", config.seed());
    json.put("state", "completed");
    json.put("epochs", EPOCHS);
    json.put("best-epoch", EPOCHS);
    json.putObject("test").put("samples", 30).put("top1", 0.5).put("top5", 1).put("loss", 1.2);
    json.put("classes", 5);
    json.put("parameters", 1000);
    json.put("images-per-second", 50);
    json.put("seconds", seconds);
    json.put("replicas", 1);
    ObjectNode settings = json.putObject("config");
    config.identity().forEach(settings::put);
    return SweepJson.text(json);
  }
}
