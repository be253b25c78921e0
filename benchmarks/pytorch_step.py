"""Times PyTorch's bare training step, or inference, of a ResNet with attention on random tensors.

Prints images per second (of the median step) and the peak of this process's memory in megabytes, with a comma between;
with --in-turn it does a step for each line that it reads, as turns.py has it.
"""
import argparse
import statistics
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

STAGES = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3)}
MU, LAMBDA = 0.01, 10.0
WARM_UP = 2


class Aam(nn.Module):
    """F * Mc * Ms: channel map from the global maximum, spatial map from mean and maximum over channels."""

    def __init__(self, channels, k=5, s=7):
        super().__init__()
        self.channel = nn.Conv1d(1, 1, k, padding=k // 2, bias=False)
        self.spatial = nn.Conv2d(2, 1, s, padding=s // 2, bias=False)

    def forward(self, x):
        channel = torch.sigmoid(self.channel(x.amax(dim=(2, 3)).unsqueeze(1))).transpose(1, 2).unsqueeze(3)
        planes = torch.cat([x.mean(dim=1, keepdim=True), x.amax(dim=1, keepdim=True)], dim=1)
        return x * channel * torch.sigmoid(self.spatial(planes))


class Se(nn.Module):
    """F * sigmoid(W2 relu(W1 mean(F)))."""

    def __init__(self, channels, r=16):
        super().__init__()
        self.fc1 = nn.Linear(channels, max(1, channels // r))
        self.fc2 = nn.Linear(max(1, channels // r), channels)

    def forward(self, x):
        return x * torch.sigmoid(self.fc2(F.relu(self.fc1(x.mean(dim=(2, 3))))))[:, :, None, None]


class Eca(nn.Module):
    """F * sigmoid(Conv1d(mean(F)))."""

    def __init__(self, channels, k=5):
        super().__init__()
        self.channel = nn.Conv1d(1, 1, k, padding=k // 2, bias=False)

    def forward(self, x):
        gate = torch.sigmoid(self.channel(x.mean(dim=(2, 3)).unsqueeze(1)))
        return x * gate.transpose(1, 2).unsqueeze(3)


class Cbam(nn.Module):
    """The channel gate from mean and maximum through one perceptron, then the spatial gate of the gated map."""

    def __init__(self, channels, r=16, s=7):
        super().__init__()
        hidden = max(1, channels // r)
        self.mlp = nn.Sequential(nn.Linear(channels, hidden), nn.ReLU(), nn.Linear(hidden, channels))
        self.spatial = nn.Conv2d(2, 1, s, padding=s // 2, bias=False)
        self.bn = nn.BatchNorm2d(1, momentum=0.01)

    def forward(self, x):
        gate = torch.sigmoid(self.mlp(x.mean(dim=(2, 3))) + self.mlp(x.amax(dim=(2, 3))))
        x = x * gate[:, :, None, None]
        planes = torch.cat([x.amax(dim=1, keepdim=True), x.mean(dim=1, keepdim=True)], dim=1)
        return x * torch.sigmoid(self.bn(self.spatial(planes)))


ATTENTIONS = {"aam": Aam, "se": Se, "eca": Eca, "cbam": Cbam}


class Block(nn.Module):
    def __init__(self, inputs, planes, stride, bottleneck, attention):
        super().__init__()
        outputs = planes * (4 if bottleneck else 1)
        shapes = [(inputs, planes, 1, 1), (planes, planes, 3, stride), (planes, outputs, 1, 1)] if bottleneck else \
            [(inputs, planes, 3, stride), (planes, outputs, 3, 1)]
        layers = [layer for i, o, k, s in shapes for layer in (
            nn.Conv2d(i, o, k, s, k // 2, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))][:-1]
        self.branch = nn.Sequential(*layers, *([attention(outputs)] if attention else []))
        self.shortcut = nn.Identity() if stride == 1 and inputs == outputs else \
            nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.branch(x) + self.shortcut(x), inplace=True)


class ResNet(nn.Module):
    """Gives logits and the last feature map."""

    def __init__(self, depth, classes, attention):
        super().__init__()
        kind, _, placement = attention.partition("-")
        module = ATTENTIONS.get(kind)
        layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
        inputs = 64
        for stage, blocks in enumerate(STAGES[depth]):
            planes = 64 << stage
            for block in range(blocks):
                in_block = module if placement == "block" else None
                layers.append(Block(inputs, planes, 2 if stage and not block else 1, depth >= 50, in_block))
                inputs = planes * (4 if depth >= 50 else 1)
            if placement == "stage":
                layers.append(module(inputs))
        self.features = nn.Sequential(*layers)
        self.fc = nn.Linear(inputs, classes)

    def forward(self, images):
        features = self.features(images)
        return self.fc(features.mean(dim=(2, 3))), features


class CcLoss(nn.Module):
    """L_dis + lambda * (1 - h) over contiguous groups of channels: q each for the first classes, q + 1 for the last."""

    def __init__(self, channels, classes):
        super().__init__()
        self.q, self.larger = divmod(channels, classes)
        self.split = self.q * (classes - self.larger)

    def maxima(self, x):
        """(N,C,P) to (N,classes,P)."""
        first = x[:, :self.split].unflatten(1, (-1, self.q)).amax(dim=2)
        if not self.larger:
            return first
        return torch.cat([first, x[:, self.split:].unflatten(1, (-1, self.q + 1)).amax(dim=2)], dim=1)

    def mask(self):
        """Half of each group, rounded up, at random."""
        groups = [self.q] * (self.split // self.q) + [self.q + 1] * self.larger
        return torch.cat([(torch.randperm(size) < (size + 1) // 2).float() for size in groups])[None, :, None]

    def forward(self, features, labels, mask):
        f = features.flatten(2)
        sizes = torch.tensor([self.q] * (self.split // self.q) + [self.q + 1] * self.larger)
        discriminality = F.cross_entropy(self.maxima(f * mask).mean(dim=2), labels)
        h = (self.maxima(f.softmax(dim=2)).sum(dim=2) / sizes).mean()
        return discriminality + LAMBDA * (1 - h)


def seconds(step):
    start = time.perf_counter()
    step()
    return time.perf_counter() - start


def median_seconds(steps, step):
    return statistics.median([seconds(step) for _ in range(WARM_UP + steps)][WARM_UP:])


def take_turns(step):
    print("ready", flush=True)
    for _ in sys.stdin:
        print(seconds(step), flush=True)


def step_of(options):
    torch.manual_seed(1)
    memory_format = getattr(torch, options.memory_format + ("_format" if options.memory_format == "contiguous" else ""))
    network = ResNet(options.depth, options.classes, options.attention).to(memory_format=memory_format)
    forward = torch.compile(network) if options.compile else network
    images = torch.randn(options.batch, 3, options.size, options.size).contiguous(memory_format=memory_format)
    labels = torch.arange(options.batch) % options.classes
    if options.mode == "inference":
        network.eval()
        return torch.inference_mode()(lambda: forward(images))

    network.train()
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-4, momentum=0.8, weight_decay=2.5e-4)
    cc = CcLoss(network.fc.in_features, options.classes) if options.loss == "ce+cc" else None
    cc_forward = torch.compile(cc) if cc and options.compile else cc

    def step():
        optimizer.zero_grad()
        logits, features = forward(images)
        loss = F.cross_entropy(logits, labels)
        if cc:
            loss = loss + MU * cc_forward(features, labels, cc.mask())
        loss.backward()
        optimizer.step()

    return step


def peak_megabytes():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) // 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("depth", 50), ("size", 224), ("batch", 16), ("threads", 2), ("steps", 6), ("classes", 200)):
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--attention", default="aam-stage", help="none, or aam, se, eca or cbam with -stage or -block")
    parser.add_argument("--loss", choices=("ce", "ce+cc"), default="ce")
    parser.add_argument("--mode", choices=("train", "inference"), default="train")
    parser.add_argument("--memory-format", choices=("channels_last", "contiguous"), default="channels_last")
    parser.add_argument("--compile", action="store_true")
    parser.add_argument("--in-turn", action="store_true", help="in place of --steps")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    step = step_of(options)
    if options.in_turn:
        take_turns(step)
        print(peak_megabytes())
    else:
        print(f"{options.batch / median_seconds(options.steps, step):.2f},{peak_megabytes()}")


if __name__ == "__main__":
    main()
