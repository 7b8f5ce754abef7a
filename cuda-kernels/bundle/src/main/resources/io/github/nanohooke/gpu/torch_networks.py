#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The network in PyTorch, its convolutions in the forms that torch_forms.py checks and times, and its data."""
import json
import math

import torch
import torch.nn.functional as F

FOLDS = [4, 2]  # of the first layers in tf32_folded


class Workload:
    """One network of the folder, on a device."""

    def __init__(self, folder, device):
        self.network = json.loads((folder / "network.json").read_text())
        n, pixels = self.network["images"], self.network["pixels"]
        self.checked = self.network["checked"]
        flat = self.floats(folder / "parameters.f32")
        self.parameters = {block["name"]: flat[block["offset"]:block["offset"] + block["count"]]
                           .reshape(block["shape"]).clone().to(device) for block in self.network["blocks"]}
        self.images, self.checked_images = (
            torch.frombuffer(bytearray((folder / name).read_bytes()), dtype=torch.uint8)
            .reshape(-1, 1, pixels, pixels).to(device).float() for name in ("images.u8", "checked.u8"))
        self.targets = self.floats(folder / "targets.f32").reshape(n, -1).to(device)
        self.results = self.floats(folder / "results.f32").reshape(self.checked, -1).to(device)
        self.gradients = self.floats(folder / "gradient.f32").reshape(self.checked, -1)
        self.device = device

    @staticmethod
    def floats(path):
        return torch.frombuffer(bytearray(path.read_bytes()), dtype=torch.float32)

    def batch(self, count):
        repeats = math.ceil(count / self.images.shape[0])
        return (self.images.repeat(repeats, 1, 1, 1)[:count].contiguous(),
                self.targets.repeat(repeats, 1)[:count].contiguous())


def pad(x, before, after, periodic):
    return F.pad(x, (before, after, before, after), mode="circular" if periodic else "constant")


class Convolution(torch.nn.Module):
    """'Same' convolution whose centre lies at (kernel - 1) // 2."""

    def __init__(self, weight, bias, periodic):
        super().__init__()
        self.weight, self.bias, self.periodic = torch.nn.Parameter(weight), torch.nn.Parameter(bias), periodic
        self.before, self.after = (weight.shape[-1] - 1) // 2, weight.shape[-1] // 2

    def forward(self, x):
        if self.periodic:
            return F.conv2d(pad(x, self.before, self.after, True), self.weight, self.bias)
        more = self.after - self.before  # cuDNN pads both sides alike
        return F.conv2d(F.pad(x, (0, more, 0, more)), self.weight, self.bias, padding=self.before)


class FoldedConvolution(Convolution):
    """The same by blocks of fold x fold pixels: they become channels, of the input and of the output."""

    def __init__(self, weight, bias, periodic, fold):
        super().__init__(weight, bias, periodic)
        self.fold, kernel = fold, weight.shape[-1]
        # Output pixel fold * Y + i takes input pixel fold * (Y + u) + p with weight fold * u + p - i + before.
        first = math.floor(-self.before / fold)
        last = (fold - 1 + self.after) // fold
        self.blocks_before, self.blocks_after = -first, last
        taps = torch.full((fold, last - first + 1, fold), kernel)  # [i][u][p]; kernel is the row of zeros
        for i in range(fold):
            for u in range(first, last + 1):
                for p in range(fold):
                    tap = fold * u + p - i + self.before
                    if 0 <= tap < kernel:
                        taps[i, u - first, p] = tap
        self.register_buffer("taps", taps.flatten().to(weight.device))

    def folded(self):
        out, channels = self.weight.shape[:2]
        f, u = self.fold, self.blocks_before + self.blocks_after + 1
        w = F.pad(self.weight, (0, 1, 0, 1)).index_select(2, self.taps).index_select(3, self.taps)
        w = w.reshape(out, channels, f, u, f, f, u, f)  # out, in, i, u, p, j, v, q
        return w.permute(0, 2, 5, 1, 4, 7, 3, 6).reshape(out * f * f, channels * f * f, u, u)

    def forward(self, x):
        x = pad(F.pixel_unshuffle(x, self.fold), self.blocks_before, self.blocks_after, self.periodic)
        y = F.pixel_shuffle(F.conv2d(x, self.folded()), self.fold)
        return y + self.bias.reshape(1, -1, 1, 1)


class TransformedConvolution(Convolution):
    """The same by real transforms: a product of complex matrices, out x in by in x images, at every frequency."""

    def forward(self, x):
        kernel, side = self.weight.shape[-1], x.shape[-1]
        size = side if self.periodic and side >= kernel else self.fast(side + kernel - 1)
        if size != side and self.periodic:
            x = pad(x, self.before, self.after, True)
        spectrum = torch.fft.rfft2(x, s=(size, size))
        weights = torch.fft.rfft2(self.weight, s=(size, size)).conj()
        product = torch.einsum("bchw,ochw->bohw", spectrum, weights)
        y = torch.fft.irfft2(product, s=(size, size))
        if size == side or not self.periodic:
            y = torch.roll(y, (self.before, self.before), (2, 3))
        return y[:, :, :side, :side] + self.bias.reshape(1, -1, 1, 1)

    @staticmethod
    def fast(size):
        while True:
            rest = size
            for prime in (2, 3, 5, 7):
                while rest % prime == 0:
                    rest //= prime
            if rest == 1:
                return size
            size += 1


class Network(torch.nn.Module):
    def __init__(self, work, form):
        super().__init__()
        parameters = {name: value.clone() for name, value in work.parameters.items()}
        self.steps, convolutions, dense = torch.nn.ModuleList(), 0, 0
        for layer in work.network["layers"]:
            if layer["type"] == "convolution":
                convolutions += 1
                name = f"convolution{convolutions}"
                arguments = parameters[name + ".weight"], parameters[name + ".bias"], layer["periodic"]
                if form == "rfft2":
                    step = TransformedConvolution(*arguments)
                elif form == "tf32_folded" and convolutions <= len(FOLDS):
                    step = FoldedConvolution(*arguments, FOLDS[convolutions - 1])
                else:
                    step = Convolution(*arguments)
            elif layer["type"] == "dense":
                dense += 1
                weight, bias = parameters[f"dense{dense}.weight"], parameters[f"dense{dense}.bias"]
                step = torch.nn.Linear(weight.shape[1], weight.shape[0], device=weight.device)
                step.weight, step.bias = torch.nn.Parameter(weight), torch.nn.Parameter(bias)
                if dense == 1:
                    self.steps.append(torch.nn.Flatten())
            else:
                step = torch.nn.ReLU() if layer["type"] == "relu" else torch.nn.MaxPool2d(2)
            self.steps.append(step)

    def forward(self, x):
        for step in self.steps:
            x = step(x)
        return x
