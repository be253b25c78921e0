"""Writes statistics.json: results of SciPy, statsmodels and scikit-posthocs for the statistics of a report.

usage: statistics_values.py FILE

needs: pip install scipy==1.17.1 statsmodels==0.15.0 scikit-posthocs==0.17.1

The format is that of the other golden files. Hits are whole numbers, and a net's images are a text of 0 and 1. The drawn
inputs follow from a fixed seed, so equal versions of the packages write equal files.
"""
import itertools
import json
import sys

import numpy as np
import scikit_posthocs
import scipy
import statsmodels
from scipy import stats
from statsmodels.formula.api import ols
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestIndPower

COLUMNS = {
    "three seeds": (5794, [[4924, 4948, 4931], [4870, 4901, 4888], [4866, 4879, 4850], [4890, 4861, 4875], [4837, 4866, 4858]]),
    "five seeds": (3333, [[2710, 2725, 2698, 2714, 2731], [2690, 2711, 2702, 2688, 2695], [2650, 2702, 2611, 2689, 2644]]),
    "unequal seeds": (8041, [[6912, 6950, 6931, 6940], [6890, 6921, 6905], [6840, 6871], [6899, 6925, 6917, 6880, 6911]]),
    "two rows": (200, [[150, 152, 149], [141, 147, 139]]),
    "a row without spread": (48, [[40, 40, 40], [31, 35, 33], [30, 29, 31], [20, 26, 22]]),
    "all right and all wrong": (60, [[60, 60, 60], [0, 0, 0], [30, 35, 31], [29, 33, 30]]),
}
LEVEL_OF_SPREAD, RATIO_OF_SPREAD = 0.1, 4


def number(value):
    return float("%.15g" % value)


def compare(name, samples, rows):
    """All pairs: pooled by least squares on dummy variables, Welch's by SciPy; and the F test of the spread."""
    data = [(str(row), hits / samples) for row, counts in enumerate(rows) for hits in counts]
    fit = ols("y ~ 0 + C(row)", {"row": [row for row, _ in data], "y": [y for _, y in data]}).fit()
    pairs = []
    for a, b in itertools.combinations(range(len(rows)), 2):
        contrast = np.zeros(len(rows))
        contrast[a], contrast[b] = 1, -1
        pooled = fit.t_test(contrast)
        low, high = pooled.conf_int()[0]
        pair = {"row": a, "other": b, "effect": number(pooled.effect[0]),
                "pooled": {"low": number(max(low, -1)), "high": number(min(high, 1)), "p": number(float(pooled.pvalue))}}
        x, y = (np.array(rows[row]) / samples for row in (a, b))
        if np.ptp(x) > 0 or np.ptp(y) > 0:
            welch = stats.ttest_ind(x, y, equal_var=False)
            interval = welch.confidence_interval()
            pair["welch"] = {"low": number(max(interval.low, -1)), "high": number(min(interval.high, 1)), "p": number(welch.pvalue)}
        rest = [row for i, row in enumerate(rows) if i not in (a, b)]
        if any(np.ptp(row) > 0 for row in rest):
            df, df_rest = (sum(len(row) - 1 for row in group) for group in ([rows[a], rows[b]], rest))
            squares, squares_rest = (sum(np.var(row, ddof=1) * (len(row) - 1) for row in group) for group in ([rows[a], rows[b]], rest))
            f = stats.f(df, df_rest)
            ratio = squares / df / (squares_rest / df_rest)
            pair["spread"] = {"ratio": number(ratio), "p": number(f.sf(ratio)),
                              "power": number(f.sf(f.isf(LEVEL_OF_SPREAD) / RATIO_OF_SPREAD ** 2))}
        pairs.append(pair)
    return {"name": name, "kind": "compare", "samples": samples, "rows": rows, "pairs": pairs}


def holm(name, p_values):
    return {"name": name, "kind": "holm", "p": p_values, "corrected": [number(p) for p in multipletests(p_values, method="holm")[1]]}


def power(name, std, rows, seeds):
    """For two rows this is statsmodels' power of a t test; for more, its degrees of freedom are those of all rows."""
    def of(difference, n):
        df = rows * (n - 1)
        critical = stats.t.isf(0.025, df)
        t = stats.nct(df, difference / (std * np.sqrt(2 / n)))
        return t.sf(critical) + t.cdf(-critical)

    low, high = 0, 1
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if of(middle, seeds) < 0.8 else (low, middle)
    if rows == 2:
        effect = TTestIndPower().solve_power(nobs1=seeds, alpha=0.05, power=0.8)
        assert abs(effect * std - high) < 1e-6, (effect * std, high)
    needed = next(n for n in range(3, 10000) if of(0.01, n) >= 0.8)
    return {"name": name, "kind": "power", "std": std, "rows": rows, "seeds": seeds, "detectable": number(high), "seeds-for-a-point": needed}


def images(generator, name, seeds_a, seeds_b, number_of_images, correlation, ahead):
    """Rows of nets that agree on most images. The first is ahead by a threshold."""
    ease = generator.standard_normal(number_of_images)
    nets = [[(np.sqrt(correlation) * ease + np.sqrt(1 - correlation) * generator.standard_normal(number_of_images) < limit).astype(int)
             for _ in range(seeds)] for seeds, limit in ((seeds_a, 0.8 + ahead), (seeds_b, 0.8))]
    return {"name": name, "a": ["".join(map(str, net)) for net in nets[0]], "b": ["".join(map(str, net)) for net in nets[1]]}, nets


def image_test(generator, name, seeds_a, seeds_b, number_of_images, ahead):
    case, (a, b) = images(generator, name, seeds_a, seeds_b, number_of_images, 0.6, ahead)
    case["kind"] = "images"
    differences = np.mean(a, axis=0) - np.mean(b, axis=0)
    differences = np.rint(differences * seeds_a * seeds_b)
    some = differences[differences != 0]  # the sign of a zero changes nothing
    test = stats.permutation_test((some,), lambda x, axis: np.abs(np.sum(x, axis=axis)), permutation_type="samples",
                                  alternative="greater", vectorized=True, n_resamples=np.inf)
    case["p"] = number(test.pvalue)
    if seeds_a == seeds_b == 1:
        table = [[int(np.sum((a[0] == i) & (b[0] == j))) for j in (0, 1)] for i in (0, 1)]
        case["mcnemar"] = number(mcnemar(table, exact=True).pvalue)
    return case


def bootstrap(generator, name, seeds_a, seeds_b, ahead):
    """The ends of the interval, by many draws; images are drawn as they are, and one seed fewer than there are."""
    case, (a, b) = images(generator, name, seeds_a, seeds_b, 400, 0.8, ahead)
    case["kind"] = "bootstrap"
    a, b = np.array(a), np.array(b)
    draws = []
    for _ in range(40000):
        image = generator.integers(0, a.shape[1], a.shape[1])
        means = [net[generator.integers(0, len(net), max(1, len(net) - 1))].mean(axis=0)[image].mean() for net in (a, b)]
        draws.append(means[0] - means[1])
    case["low"], case["high"] = (number(end) for end in np.quantile(draws, [0.025, 0.975]))
    return case


def friedman(name, accuracies):
    accuracies = np.array(accuracies)
    ranks = stats.rankdata(-accuracies, axis=1)
    statistic = stats.friedmanchisquare(*accuracies.T).statistic

    def spread(*datasets, axis=-1):
        return np.rint(4 * np.sum((sum(datasets) - len(datasets) * (ranks.shape[1] + 1) / 2) ** 2, axis=axis))

    test = stats.permutation_test(tuple(ranks), spread, permutation_type="pairings", alternative="greater", vectorized=True,
                                  n_resamples=np.inf, batch=20000)
    nemenyi = scikit_posthocs.posthoc_nemenyi_friedman(accuracies).to_numpy()
    return {"name": name, "kind": "friedman", "accuracies": accuracies.tolist(), "mean-ranks": ranks.mean(axis=0).tolist(),
            "statistic": number(statistic), "p": number(test.pvalue), "nemenyi-p": [[number(p) for p in row] for row in nemenyi]}


def critical_difference(methods, datasets):
    q = stats.studentized_range.ppf(0.95, methods, np.inf)
    return {"name": f"{methods} methods, {datasets} datasets", "kind": "critical-difference", "methods": methods, "datasets": datasets,
            "value": number(q / np.sqrt(2) * np.sqrt(methods * (methods + 1) / (6 * datasets)))}


def main():
    generator = np.random.default_rng(1)
    cases = [compare(name, *column) for name, column in COLUMNS.items()]
    cases += [holm("a few", [0.012, 0.04, 0.03, 0.6, 0.0004]), holm("ties", [0.02, 0.02, 0.02]), holm("one", [0.031])]
    cases += [power(f"{rows} rows, {seeds} seeds, spread {std}", std, rows, seeds)
              for rows in (2, 3, 5, 8) for seeds in (3, 5, 10) for std in (0.002, 0.004, 0.012)]
    cases += [image_test(generator, f"{a} and {b} seeds, {n} images, {ahead} ahead", a, b, n, ahead)
              for a, b, n, ahead in ((1, 1, 40, 0.0), (1, 1, 60, 0.7), (3, 3, 25, 0.0), (3, 3, 20, 0.6), (2, 3, 20, 0.4), (1, 4, 20, 0.2))]
    cases += [bootstrap(generator, f"{a} and {b} seeds", a, b, ahead) for a, b, ahead in ((1, 1, 0.1), (3, 3, 0.2), (5, 3, 0.0))]
    cases += [friedman("three methods, four datasets", [[.85, .84, .80], [.90, .91, .88], [.93, .92, .89], [.80, .79, .78]]),
              friedman("four methods, four datasets", [[.85, .84, .80, .81], [.90, .91, .88, .89], [.93, .92, .89, .88], [.80, .79, .78, .77]]),
              friedman("ties", [[.85, .85, .80, .81], [.90, .91, .88, .88], [.92, .92, .92, .88]]),
              friedman("no method ahead, five datasets", [[.85, .84, .8], [.90, .92, .95], [.7, .9, .8], [.80, .79, .81], [.8, .7, .7]])]
    cases += [critical_difference(methods, datasets) for methods in (2, 3, 5, 10) for datasets in (3, 4, 12)]
    head = {"format": 1, "about": "tests, intervals and power of SciPy, statsmodels and scikit-posthocs",
            "generator": f"scipy {scipy.__version__}, statsmodels {statsmodels.__version__}, scikit-posthocs {scikit_posthocs.__version__}",
            "tolerance": {"forward_rtol": 1e-7, "grad_rtol": 1e-7, "atol": 1e-9}}
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(head)[:-1] + ', "cases": [\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n")


main()
