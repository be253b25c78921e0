"""Prints the share of the lines of each package that the tests reached, as JaCoCo counted them."""
import csv
from collections import Counter

REPORT = "target/coverage/"

reached, missed = Counter(), Counter()
with open(REPORT + "jacoco.csv", newline="", encoding="utf-8") as classes:
    for row in csv.DictReader(classes):
        for name in (row["PACKAGE"][len("org.finegrain."):], "all"):
            reached[name] += int(row["LINE_COVERED"])
            missed[name] += int(row["LINE_MISSED"])
print(f"{'package':<20} {'lines':>6} {'reached':>8}")
for name in sorted(reached, key=lambda name: (name == "all", name)):
    lines = reached[name] + missed[name]
    print(f"{name:<20} {lines:>6} {100 * reached[name] / lines:>6.1f} %")
print(f"\nline by line: {REPORT}index.html")
