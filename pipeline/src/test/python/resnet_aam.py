"""ResNet-AAM in PyTorch, with torchvision's names, so that weights of finegrain load by load_state_dict."""
import torch
from torch import nn

BLOCKS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}


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


def conv(inputs, outputs, kernel, stride=1, dilation=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, dilation * (kernel // 2), dilation, bias=False)


class Block(nn.Module):
    """A basic block, or a bottleneck with its stride on the 3x3 convolution."""

    def __init__(self, inputs, planes, stride, dilation, bottleneck):
        super().__init__()
        outputs = planes * (4 if bottleneck else 1)
        self.conv1 = conv(inputs, planes, 1) if bottleneck else conv(inputs, planes, 3, stride, dilation)
        self.bn1 = nn.BatchNorm2d(planes)
        self.conv2 = conv(planes, planes, 3, stride if bottleneck else 1, dilation)
        self.bn2 = nn.BatchNorm2d(planes)
        if bottleneck:
            self.conv3 = conv(planes, outputs, 1)
            self.bn3 = nn.BatchNorm2d(outputs)
        if stride != 1 or inputs != outputs:
            self.downsample = nn.Sequential(conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        if hasattr(self, "conv3"):
            y = self.bn3(self.conv3(torch.relu(y)))
        return torch.relu(y + (self.downsample(x) if hasattr(self, "downsample") else x))


class ResNetAam(nn.Module):
    """AAM stands at the end of each stage. Dilation of the last stage as in torchvision: not in its first block."""

    def __init__(self, depth, classes, width=64, attention=True, dilate_last_stage=False):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.maxpool = nn.MaxPool2d(3, 2, 1)
        inputs = width
        for stage, blocks in enumerate(BLOCKS[depth], start=1):
            dilated = dilate_last_stage and stage == 4
            layers = []
            for i in range(blocks):
                stride = 2 if stage > 1 and i == 0 and not dilated else 1
                planes = width << (stage - 1)
                layers.append(Block(inputs, planes, stride, 2 if dilated and i > 0 else 1, depth >= 50))
                inputs = planes * (4 if depth >= 50 else 1)
            setattr(self, f"layer{stage}", nn.Sequential(*layers))
            if attention:
                setattr(self, f"attn{stage}", Aam())
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        for stage in range(1, 5):
            x = getattr(self, f"layer{stage}")(x)
            if hasattr(self, f"attn{stage}"):
                x = getattr(self, f"attn{stage}")(x)
        return self.fc(x.mean(dim=(2, 3)))
