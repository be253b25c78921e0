"""Times PyTorch's bare training step of a ResNet with AAM at its stage ends on random tensors.

usage: pytorch_step.py [--depth 50] [--size 224] [--batch 16] [--threads 2] [--steps 10] [--classes 200] [--attention aam]

Prints one CSV line a memory layout: system,network,attention,size,batch,threads,images_per_second (of the median step).
"""
import argparse
import statistics
import time

import torch
import torch.nn.functional as F
from torch import nn

STAGES = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3)}


class Aam(nn.Module):
    """F * Mc * Ms: channel map from the global maximum, spatial map from mean and maximum over channels."""

    def __init__(self, k=5, s=7):
        super().__init__()
        self.channel = nn.Conv1d(1, 1, k, padding=k // 2, bias=False)
        self.spatial = nn.Conv2d(2, 1, s, padding=s // 2, bias=False)

    def forward(self, x):
        channel = torch.sigmoid(self.channel(x.amax(dim=(2, 3)).unsqueeze(1))).transpose(1, 2).unsqueeze(3)
        planes = torch.cat([x.mean(dim=1, keepdim=True), x.amax(dim=1, keepdim=True)], dim=1)
        return x * channel * torch.sigmoid(self.spatial(planes))


class Block(nn.Module):
    def __init__(self, inputs, planes, stride, bottleneck):
        super().__init__()
        outputs = planes * (4 if bottleneck else 1)
        shapes = [(inputs, planes, 1, 1), (planes, planes, 3, stride), (planes, outputs, 1, 1)] if bottleneck else \
            [(inputs, planes, 3, stride), (planes, outputs, 3, 1)]
        self.branch = nn.Sequential(*[layer for i, o, k, s in shapes for layer in (
            nn.Conv2d(i, o, k, s, k // 2, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))][:-1])
        self.shortcut = nn.Identity() if stride == 1 and inputs == outputs else \
            nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return F.relu(self.branch(x) + self.shortcut(x), inplace=True)


def resnet(depth, classes, attention):
    layers = [nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64), nn.ReLU(inplace=True), nn.MaxPool2d(3, 2, 1)]
    inputs = 64
    for stage, blocks in enumerate(STAGES[depth]):
        planes = 64 << stage
        for block in range(blocks):
            layers.append(Block(inputs, planes, 2 if stage and not block else 1, depth >= 50))
            inputs = planes * (4 if depth >= 50 else 1)
        if attention == "aam":
            layers.append(Aam())
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, classes))


def seconds_per_step(options, memory_format):
    torch.manual_seed(1)
    network = resnet(options.depth, options.classes, options.attention).to(memory_format=memory_format).train()
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-4, momentum=0.8, weight_decay=2.5e-4)
    images = torch.randn(options.batch, 3, options.size, options.size).contiguous(memory_format=memory_format)
    labels = torch.randint(options.classes, (options.batch,))
    times = []
    for _ in range(options.steps + 2):
        start = time.perf_counter()
        optimizer.zero_grad()
        F.cross_entropy(network(images), labels).backward()
        optimizer.step()
        times.append(time.perf_counter() - start)
    return statistics.median(times[2:])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("depth", 50), ("size", 224), ("batch", 16), ("threads", 2), ("steps", 10), ("classes", 200)):
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--attention", choices=("none", "aam"), default="aam")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    for name, memory_format in (("pytorch", torch.contiguous_format), ("pytorch-channels-last", torch.channels_last)):
        rate = options.batch / seconds_per_step(options, memory_format)
        print(f"{name}-{torch.__version__},resnet{options.depth},{options.attention},{options.size},{options.batch},"
              f"{options.threads},{rate:.2f}", flush=True)


if __name__ == "__main__":
    main()
