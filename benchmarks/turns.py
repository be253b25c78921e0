"""Has processes do a step each in turn, so that all meet the same noise of the machine.

A process, once it has printed "ready", does a step for each line that it is sent and prints its seconds, and when no more
come, the peak of its memory in megabytes. Reads lines of a label, a tab and a command; prints for each the label, the
images per second of its median step and the peak, with commas between. Appends to --seconds a line for each step: the
label, the round, the step and its seconds.
"""
import argparse
import pathlib
import shlex
import statistics
import subprocess
import sys
import time

SETTLING = 0.25  # seconds: threads of OpenMP spin for a while after their work


class Process:
    def __init__(self, label, command, logs):
        self.label = label
        name = label.replace(",", "-")
        self.log = logs / f"{name}.log"
        self.out = open(logs / f"{name}.out", "w")
        self.process = subprocess.Popen(shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=open(self.log, "w"), text=True)
        self.seconds = []

    def answer(self):
        """Its next line, after the engine's own log."""
        for line in self.process.stdout:
            self.out.write(line)
            if not line.startswith("mkldnn_verbose"):
                return line.strip()
        sys.exit(f"turns: {self.label} failed; see {self.log}")

    def await_ready(self):
        while self.answer() != "ready":
            pass

    def step(self):
        self.process.stdin.write("step\n")
        self.process.stdin.flush()
        self.seconds.append(float(self.answer()))
        time.sleep(SETTLING)

    def end(self):
        self.process.stdin.close()
        peak = int(self.answer())
        self.process.wait()
        return peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--warm-up", type=int, default=2, help="steps before them that do not count")
    parser.add_argument("--batch", type=int, required=True)
    parser.add_argument("--round", type=int, required=True)
    parser.add_argument("--seconds", type=argparse.FileType("a"), required=True)
    parser.add_argument("--logs", type=pathlib.Path, required=True)
    options = parser.parse_args()
    processes = []
    try:
        for line in sys.stdin:
            label, command = line.rstrip("\n").split("\t")
            processes.append(Process(label, command, options.logs))
            processes[-1].await_ready()
        for _ in range(options.warm_up + options.steps):
            for process in processes:
                process.step()
        for process in processes:
            timed = process.seconds[options.warm_up:]
            for step, seconds in enumerate(timed):
                print(process.label, options.round, step, seconds, sep=",", file=options.seconds)
            print(f"{process.label},{options.batch / statistics.median(timed):.2f},{process.end()}", flush=True)
    finally:
        for process in processes:
            process.process.kill()


if __name__ == "__main__":
    main()
