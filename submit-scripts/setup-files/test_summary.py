"""Prints the numbers of tests over all modules, in the words of Surefire's reports."""
import glob
import sys
import xml.etree.ElementTree as ElementTree

names = ("tests", "failures", "errors", "skipped")
total = dict.fromkeys(names, 0)
for report in glob.glob("*/target/surefire-reports*/TEST-*.xml"):
    suite = ElementTree.parse(report).getroot()
    for name in names:
        total[name] += int(suite.get(name, 0))
print("Results of all modules:\n")
print("Tests run: {tests}, Failures: {failures}, Errors: {errors}, Skipped: {skipped}".format(**total))
sys.exit(0 if total["tests"] and not total["failures"] and not total["errors"] else 1)
