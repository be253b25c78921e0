"""Writes optimizer.json: steps of PyTorch's optimizers and learning-rate schedules on small vectors.

usage: optimizer_vectors.py FILE

The format is that of the other golden files. Inputs are exact in float32, expected values are computed in float64.
A case of kind "update" holds a weight of each kind of parameter, named as in a network: "layer1.0.conv1.weight" is
frozen where options.freeze says so, "fc.weight" and "fc.bias" are the head, biases and "bn1.weight" are what
options.decay_norm_and_bias spares. Options are those of the configuration. A case of kind "schedule" holds the rate of
each step.
"""
import json
import sys

import torch
from torch.optim import lr_scheduler

STEPS = 5
SHAPES = {"layer1.0.conv1.weight": (4, 3, 1, 1), "bn1.weight": (4,), "bn1.bias": (4,), "layer2.0.conv1.weight": (3, 4, 1, 1),
          "fc.weight": (5, 3), "fc.bias": (5,)}
DEFAULTS = {"kind": "sgd", "lr": 0.125, "momentum": 0.9, "nesterov": False, "weight_decay": 0.01, "beta1": 0.9,
            "beta2": 0.999, "epsilon": 1e-8, "head_learning_rate_factor": 1, "decay_norm_and_bias": True,
            "clip_norm": 0, "freeze": []}
ADAMW = {"kind": "adamw", "lr": 0.01}
UPDATES = {
    "sgd": {},
    "sgd without momentum": {"momentum": 0},
    "sgd without decay": {"weight_decay": 0},
    "nesterov": {"nesterov": True},
    "nesterov, all options": {"nesterov": True, "head_learning_rate_factor": 10, "decay_norm_and_bias": False,
                              "clip_norm": 2, "freeze": ["layer1"]},
    "sgd, head": {"head_learning_rate_factor": 10},
    "sgd, norm and bias spared": {"decay_norm_and_bias": False, "weight_decay": 0.5},
    "sgd, clipped": {"clip_norm": 1.5},
    "sgd, clip norm never reached": {"clip_norm": 1000},
    "sgd, frozen": {"freeze": ["stem", "layer1"]},
    "adamw": ADAMW,
    "adamw without decay": {**ADAMW, "weight_decay": 0},
    "adamw, other betas": {**ADAMW, "beta1": 0.8, "beta2": 0.95, "epsilon": 1e-3},
    "adamw, strong decay": {**ADAMW, "weight_decay": 2},
    "adamw, all options": {**ADAMW, "weight_decay": 0.5, "head_learning_rate_factor": 10, "decay_norm_and_bias": False,
                           "clip_norm": 2, "freeze": ["layer1"]},
}
EPOCHS, STEPS_PER_EPOCH = 6, 4
SCHEDULE = {"kind": "poly", "lr": 0.5, "end": 0, "power": 0.9, "milestones": [2, 4], "gamma": 0.1, "warm_up_epochs": 0,
            "warm_up_steps": 0, "factor": 0.1}
WARM_UPS = {"": {}, ", warm-up of an epoch": {"warm_up_epochs": 1}, ", warm-up of 3 steps": {"warm_up_steps": 3, "factor": 0.25}}
SCHEDULES = {
    "poly": {}, "poly to an end": {"end": 0.0625, "power": 2}, "cosine": {"kind": "cosine"},
    "cosine to an end": {"kind": "cosine", "end": 0.0625}, "multi-step": {"kind": "multi-step"},
    "multi-step, by half": {"kind": "multi-step", "milestones": [3], "gamma": 0.5}, "constant": {"kind": "constant"},
}


def exact(shape, generator):
    """Numbers that float32 and 12 digits hold exactly."""
    return (torch.randn(shape, generator=generator, dtype=torch.float64) * 4096).round() / 4096


def tensor(value):
    return {"shape": list(value.shape), "data": [float("%.12g" % v) for v in value.detach().flatten().tolist()]}


def stage(name):
    return name.split(".")[0] if name.startswith("layer") else "stem" if name.startswith("bn1") else None


def groups(parameters, options):
    """One group a parameter: what learns, at its rate, with its decay."""
    return [{"params": [p],
             "lr": options["lr"] * (options["head_learning_rate_factor"] if name.startswith("fc.") else 1),
             "weight_decay": options["weight_decay"] if p.ndim > 1 or options["decay_norm_and_bias"] else 0}
            for name, p in parameters.items() if stage(name) not in options["freeze"]]


def optimizer(parameters, options):
    if options["kind"] == "sgd":
        return torch.optim.SGD(groups(parameters, options), momentum=options["momentum"], nesterov=options["nesterov"])
    return torch.optim.AdamW(groups(parameters, options), betas=(options["beta1"], options["beta2"]), eps=options["epsilon"])


def memory(parameters, optimizer):
    """By the names of a checkpoint."""
    named = {}
    for name, p in parameters.items():
        state = optimizer.state.get(p, {})
        if state.get("momentum_buffer") is not None:
            named[name] = tensor(state["momentum_buffer"])
        for moment in ("exp_avg", "exp_avg_sq"):
            if moment in state:
                named[name + "." + moment] = tensor(state[moment])
    return named


def update(name, changes, generator):
    options = {**DEFAULTS, **changes}
    parameters = {n: torch.nn.Parameter(exact(s, generator)) for n, s in SHAPES.items()}
    gradients = [{n: exact(s, generator) for n, s in SHAPES.items()} for _ in range(STEPS)]
    inputs = {"params": {n: tensor(p) for n, p in parameters.items()},
              "grads": [{n: tensor(g) for n, g in step.items()} for step in gradients]}
    rule, outputs = optimizer(parameters, options), {"params": [], "memory": [], "norm": []}
    learning = [p for n, p in parameters.items() if stage(n) not in options["freeze"]]
    for step in gradients:
        for n, p in parameters.items():
            p.grad = step[n].clone() if stage(n) not in options["freeze"] else None
        norm = torch.nn.utils.clip_grad_norm_(learning, options["clip_norm"] or float("inf"))
        rule.step()
        outputs["params"].append({n: tensor(p) for n, p in parameters.items()})
        outputs["memory"].append(memory(parameters, rule))
        outputs["norm"].append(float("%.12g" % norm))
    return {"name": name, "kind": "update", "options": options, "inputs": inputs, "outputs": outputs}


def schedule(name, changes):
    options = {**SCHEDULE, **changes}
    rule = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=options["lr"])
    warm_up = options["warm_up_steps"] or options["warm_up_epochs"] * STEPS_PER_EPOCH
    steps = EPOCHS * STEPS_PER_EPOCH - warm_up
    if options["kind"] == "poly":  # PyTorch's own ends at 0
        share = options["end"] / options["lr"]
        main = lr_scheduler.LambdaLR(rule, lambda t: share + (1 - share) * (1 - t / steps) ** options["power"]) \
            if options["end"] else lr_scheduler.PolynomialLR(rule, steps, options["power"])
    elif options["kind"] == "cosine":
        main = lr_scheduler.CosineAnnealingLR(rule, steps, options["end"])
    elif options["kind"] == "multi-step":
        main = lr_scheduler.MultiStepLR(rule, [m * STEPS_PER_EPOCH - warm_up for m in options["milestones"]], options["gamma"])
    else:
        main = lr_scheduler.ConstantLR(rule, factor=1)
    if warm_up:
        rise = lr_scheduler.LinearLR(rule, start_factor=options["factor"], total_iters=warm_up)
        main = lr_scheduler.SequentialLR(rule, [rise, main], [warm_up])
    rates = []
    for _ in range(EPOCHS * STEPS_PER_EPOCH):
        rates.append(float("%.12g" % rule.param_groups[0]["lr"]))
        rule.step()
        main.step()
    return {"name": name, "kind": "schedule", "options": {**options, "epochs": EPOCHS, "steps_per_epoch": STEPS_PER_EPOCH},
            "outputs": {"lr": rates}}


def main():
    generator = torch.Generator().manual_seed(1)
    cases = [update(name, changes, generator) for name, changes in UPDATES.items()]
    cases += [schedule(name + suffix, {**changes, **warm_up})
              for name, changes in SCHEDULES.items() for suffix, warm_up in WARM_UPS.items()]
    head = {"format": 1, "about": "optimizers and schedules of PyTorch", "generator": "torch " + torch.__version__,
            "tolerance": {"forward_rtol": 1e-5, "grad_rtol": 1e-4, "atol": 1e-6}}
    with open(sys.argv[1], "w") as file:
        file.write(json.dumps(head)[:-1] + ', "cases": [\n' + ",\n".join(json.dumps(c, separators=(",", ":")) for c in cases) + "\n]}\n")


main()
