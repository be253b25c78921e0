"""Prints the medians of a table of training-step: ratios to PyTorch, and what AAM adds to a step in each system."""
import csv
import statistics
import sys


def medians(path):
    """(row, system) to the median rate and the largest peak, rows in the order of the file."""
    runs = {}
    for line in csv.DictReader(open(path)):
        row = tuple(line[key] for key in ("network", "attention", "placement", "loss", "mode"))
        runs.setdefault((row, line["system"]), []).append(line)
    return {key: (statistics.median(float(run["images_per_second"]) for run in lines),
                  max(int(run["peak_memory_mb"]) for run in lines)) for key, lines in runs.items()}


def main():
    table = medians(sys.argv[1])
    for (row, system), (rate, memory) in table.items():
        if system != "finegrain":
            ours, ours_memory = table[row, "finegrain"]
            print(f"# {' '.join(filter(None, row))}: {ours:.2f} img/s, {system} {rate:.2f}, ratio {ours / rate:.2f}; "
                  f"{ours_memory} MB, {system} {memory}, ratio {ours_memory / memory:.2f}")
    for (row, system), (rate, _) in table.items():
        plain = ((row[0], "none", "") + row[3:], system)
        if row[1] == "aam" and plain in table:
            print(f"# {' '.join(row)}, {system}: AAM adds {100 * (table[plain][0] / rate - 1):.1f} % to a step")


if __name__ == "__main__":
    main()
