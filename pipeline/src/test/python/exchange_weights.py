"""PyTorch's side of a test that exchanges weights with finegrain.

usage: exchange_weights.py compute WEIGHTS IMAGES LOGITS   loads WEIGHTS of finegrain, writes the LOGITS of IMAGES
       exchange_weights.py make FOLDER TYPE                writes weights.safetensors, with numbers of TYPE, images,
                                                           logits and cost.json of a network that has seen images

Options: --depth, --classes, --width, --size (of images), --no-attention, --dilate-last-stage
"""
import argparse
import json

import torch
from torch import nn

import safetensors_file
from resnet_aam import ResNetAam


def compute(network, weights, images, logits):
    state = safetensors_file.load(weights)
    state.pop("cc.projection", None)  # belongs to the loss
    network.load_state_dict(state)  # strict: every name and every shape
    network.eval()
    with torch.no_grad():
        safetensors_file.save({"logits": network(safetensors_file.load(images)["images"])}, logits)


def make(network, size, folder, number_type):
    images = torch.randn(5, 3, size, size)
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.dim() == 1:  # of batch norms, which start at 1 and 0
                parameter.add_(0.2 * torch.randn_like(parameter))
        network.train()
        for _ in range(3):
            network(images + 0.1 * torch.randn_like(images))
    stored = {name: tensor if tensor.dtype == torch.int64 else tensor.to(safetensors_file.TYPES[number_type])
              for name, tensor in network.state_dict().items()}
    safetensors_file.save(stored, f"{folder}/weights.safetensors")
    network.load_state_dict({name: tensor.to(torch.float32) for name, tensor in stored.items()})
    network.eval()
    multiply_adds = 0

    def count(module, _, output):
        nonlocal multiply_adds
        # each weight takes part once at every position of the output
        multiply_adds += module.weight.numel() * output[0][0].numel()

    def count_linear(module, _, output):
        nonlocal multiply_adds
        multiply_adds += module.weight.numel()

    hooks = [module.register_forward_hook(count if isinstance(module, nn.Conv2d) else count_linear)
             for name, module in network.named_modules()
             if isinstance(module, (nn.Conv2d, nn.Linear)) and not name.startswith("attn")]
    with torch.no_grad():
        network(images[:1])
        for hook in hooks:
            hook.remove()
        safetensors_file.save({"images": images, "logits": network(images)}, f"{folder}/images.safetensors")
    cost = {"parameters": sum(parameter.numel() for parameter in network.parameters()), "multiply-adds": multiply_adds}
    with open(f"{folder}/cost.json", "w") as file:
        json.dump(cost, file)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("compute", "make"))
    parser.add_argument("paths", nargs="+")
    for name, default in (("depth", 18), ("classes", 3), ("width", 8), ("size", 32)):
        parser.add_argument("--" + name, type=int, default=default)
    parser.add_argument("--no-attention", action="store_true")
    parser.add_argument("--dilate-last-stage", action="store_true")
    options = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(2)
    network = ResNetAam(options.depth, options.classes, options.width, not options.no_attention, options.dilate_last_stage)
    if options.action == "compute":
        compute(network, *options.paths)
    else:
        make(network, options.size, *options.paths)


if __name__ == "__main__":
    main()
