"""Prints the medians of a table of training-step: ratios to PyTorch, and what AAM adds to a step in each system.

Ratios are medians over pairs of steps that were done in turn, as the machine's noise lasts longer than a step.
"""
import csv
import statistics
import sys

ROW = ("network", "attention", "placement", "loss", "mode")


def medians(path):
    """(row, system) to the median rate and the largest peak, rows in the order of the file."""
    runs = {}
    for line in csv.DictReader(open(path)):
        row = tuple(line[key] for key in ROW)
        runs.setdefault((row, line["system"]), []).append(line)
    return {key: (statistics.median(float(run["images_per_second"]) for run in lines),
                  max(int(run["peak_memory_mb"]) for run in lines)) for key, lines in runs.items()}


def steps(path):
    """(row, system) to the seconds of its steps by round and step."""
    seconds = {}
    for line in csv.DictReader(open(path)):
        of = seconds.setdefault((tuple(line[key] for key in ROW), line["system"]), {})
        of[line["round"], line["step"]] = float(line["seconds"])
    return seconds


def ratio(slower, faster):
    return statistics.median(slower[step] / faster[step] for step in slower)


def main():
    table, seconds = medians(sys.argv[1]), steps(sys.argv[2])
    for (row, system), (rate, memory) in table.items():
        if system != "finegrain":
            ours, ours_memory = table[row, "finegrain"]
            faster = ratio(seconds[row, system], seconds[row, "finegrain"])
            print(f"# {' '.join(filter(None, row))}: {ours:.2f} img/s, {system} {rate:.2f}, ratio {faster:.2f}; "
                  f"{ours_memory} MB, {system} {memory}, ratio {ours_memory / memory:.2f}")
    for row, system in table:
        plain = ((row[0], "none", "") + row[3:], system)
        if row[1] == "aam" and plain in table:
            more = ratio(seconds[row, system], seconds[plain])
            print(f"# {' '.join(row)}, {system}: AAM adds {100 * (more - 1):.1f} % to a step")


if __name__ == "__main__":
    main()
