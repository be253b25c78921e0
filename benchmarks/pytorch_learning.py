"""Trains a ResNet-AAM with PyTorch on a dataset that finegrain has ingested, as finegrain does it by default.

usage: pytorch_learning.py --data DIR [--depth 18] [--size 96] [--short-side 112] [--epochs 60] [--batch 16]
           [--learning-rate 0.05] [--end-learning-rate 0.0001] [--momentum 0.8] [--weight-decay 0.00025] [--seed 1]
           [--threads 2] [--initial FILE]

Cross entropy; SGD, poly decay of the rate by step with power 0.9; random crop, resize and flip. Initial weights as
torchvision draws them; with --initial they are written to FILE, and that is all. Prints CSV:
epoch,train_loss,val_loss,val_top1.
"""
import argparse
import io
import math
import random
from pathlib import Path

import numpy
import pyarrow.parquet
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import save_file
from torch import nn

from resnet_aam import ResNetAam

MEAN = torch.tensor((0.485, 0.456, 0.406)).view(3, 1, 1)
STD = torch.tensor((0.229, 0.224, 0.225)).view(3, 1, 1)


def split(data, name):
    """The photographs of a split and their labels, in the order of their ids."""
    rows = pyarrow.parquet.read_table(Path(data) / name, columns=["image_id", "label", "jpeg"]).to_pylist()
    rows.sort(key=lambda row: row["image_id"])
    return [Image.open(io.BytesIO(row["jpeg"])).convert("RGB") for row in rows], [row["label"] for row in rows]


def random_box(width, height, rng):
    for _ in range(10):
        area = width * height * rng.uniform(0.08, 1)
        ratio = math.exp(rng.uniform(math.log(3 / 4), math.log(4 / 3)))
        w, h = round(math.sqrt(area * ratio)), round(math.sqrt(area / ratio))
        if 0 < w <= width and 0 < h <= height:
            left, top = rng.randint(0, width - w), rng.randint(0, height - h)
            return left, top, left + w, top + h
    side = min(width, height)  # never needed where the photographs are of usual shapes
    left, top = (width - side) // 2, (height - side) // 2
    return left, top, left + side, top + side


def tensor(image):
    return (torch.from_numpy(numpy.array(image)).permute(2, 0, 1) / 255 - MEAN) / STD


def for_training(image, size, rng):
    image = image.crop(random_box(*image.size, rng)).resize((size, size), Image.Resampling.BILINEAR)
    return tensor(image.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if rng.random() < 0.5 else image)


def for_evaluation(image, size, short_side):
    width, height = image.size
    shape = (short_side, short_side * height // width) if width <= height else (short_side * width // height, short_side)
    image = image.resize(shape, Image.Resampling.BILINEAR)
    left, top = round((shape[0] - size) / 2), round((shape[1] - size) / 2)
    return tensor(image.crop((left, top, left + size, top + size)))


def initialise(network):
    for module in network.modules():
        if isinstance(module, nn.Conv2d) and module.in_channels > 2:  # attention keeps PyTorch's own
            nn.init.kaiming_normal_(module.weight, mode="fan_out", nonlinearity="relu")


def evaluate(network, images, labels, batch):
    network.eval()
    with torch.no_grad():
        logits = torch.cat([network(images[i:i + batch]) for i in range(0, len(images), batch)])
    return F.cross_entropy(logits, labels).item(), (logits.argmax(1) == labels).double().mean().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", required=True)
    for name, default in (("depth", 18), ("size", 96), ("short-side", 112), ("epochs", 60), ("batch", 16),
                          ("learning-rate", 0.05), ("end-learning-rate", 1e-4), ("momentum", 0.8),
                          ("weight-decay", 2.5e-4), ("seed", 1), ("threads", 2)):
        parser.add_argument("--" + name, type=type(default), default=default)
    parser.add_argument("--initial")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    classes = max(split(options.data, "train")[1]) + 1
    network = ResNetAam(options.depth, classes)
    initialise(network)
    if options.initial:
        state = network.state_dict()
        save_file({name: state[name] for name in state if not name.endswith("num_batches_tracked")}, options.initial)
        return

    photographs, labels = split(options.data, "train")
    evaluated, val_labels = split(options.data, "val")
    val = torch.stack([for_evaluation(image, options.size, options.short_side) for image in evaluated])
    val_labels = torch.tensor(val_labels)
    network = network.to(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(network.parameters(), lr=options.learning_rate, momentum=options.momentum,
                                weight_decay=options.weight_decay)
    steps = len(photographs) // options.batch
    print("epoch,train_loss,val_loss,val_top1")
    for epoch in range(options.epochs):
        network.train()
        order = rng.sample(range(len(photographs)), len(photographs))
        total = 0
        for step in range(steps):
            done = (epoch * steps + step) / (options.epochs * steps)
            for group in optimizer.param_groups:
                group["lr"] = options.end_learning_rate + (options.learning_rate - options.end_learning_rate) * (1 - done) ** 0.9
            chosen = order[step * options.batch:(step + 1) * options.batch]
            images = torch.stack([for_training(photographs[i], options.size, rng) for i in chosen])
            loss = F.cross_entropy(network(images.contiguous(memory_format=torch.channels_last)),
                                   torch.tensor([labels[i] for i in chosen]))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        val_loss, val_top1 = evaluate(network, val, val_labels, options.batch)
        print(f"{epoch + 1},{total / steps:.5f},{val_loss:.5f},{val_top1:.5f}", flush=True)


if __name__ == "__main__":
    main()
