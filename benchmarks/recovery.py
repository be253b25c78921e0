"""Kills an executor of a training, waits until the training has ended, and prints how long its parts took.

usage: recovery.py --process PID --runs DIR --steps N --row PREFIX

PID is an ancestor of the executors; DIR holds the run folder, with a checkpoint after each N steps.
"""
import argparse
import datetime
import json
import os
import signal
import statistics
import struct
import time
from pathlib import Path


def descendants(ancestor):
    """Processes below `ancestor`, as process id -> command line."""
    parents, commands = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                commands[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except (FileNotFoundError, ProcessLookupError):
                pass  # it has ended meanwhile

    def is_below(process):
        while process in parents:
            process = parents[process]
            if process == ancestor:
                return True
        return False

    return {process: command for process, command in commands.items() if is_below(process)}


def steps_of(events):
    """(wall time, step) of each event of a TensorBoard file that belongs to a step's loss."""
    data, at, steps = events.read_bytes(), 0, []
    while at + 12 <= len(data):
        length, = struct.unpack_from("<Q", data, at)
        event = data[at + 12:at + 12 + length]
        if b"train/loss" in event and b"train/loss-" not in event:
            wall_time, = struct.unpack_from("<d", event, 1)  # field 1; field 2 is the step, a varint
            step, shift, i = 0, 0, 10
            while True:
                step |= (event[i] & 0x7F) << shift
                shift, i = shift + 7, i + 1
                if event[i - 1] < 0x80:
                    break
            steps.append((wall_time, step))
        at += 16 + length
    return steps


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--process", type=int, required=True)
    parser.add_argument("--runs", type=Path, required=True)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--row", required=True)
    options = parser.parse_args()

    second = f"*/checkpoints/epoch-0000-step-{2 * options.steps:08d}/_SUCCESS"
    while not list(options.runs.glob(second)):
        if not Path(f"/proc/{options.process}").exists():
            raise SystemExit("recovery: the training ended before its second checkpoint")
        time.sleep(0.05)
    executors = [process for process, command in descendants(options.process).items()
                 if "CoarseGrainedExecutorBackend" in command]
    killed = time.time()
    os.kill(executors[0], signal.SIGKILL)

    run = next(options.runs.glob("*/"))
    while not (run / "result.json").exists():
        if not Path(f"/proc/{options.process}").exists():
            raise SystemExit("recovery: the training did not go on")
        time.sleep(0.2)
    failed, again = json.loads((run / "provenance.json").read_text())["attempts"]
    before, after = (steps_of(events) for events in sorted((run / "tensorboard").glob("events.*")))
    print(options.row, *(f"{moment - killed:.1f}" for moment in (seconds(failed["end"]), seconds(again["start"]), after[0][0])),
          before[-1][1] - again["after-step"],
          f"{statistics.median(b[0] - a[0] for a, b in zip(after, after[1:])):.2f}", sep=",", flush=True)


if __name__ == "__main__":
    main()
