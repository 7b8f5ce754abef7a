#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Golden files of the network's test ladder, by PyTorch in double precision.

    python3 generate.py [NAME...]   # writes zero, periodic and factor.safetensors (or the named) beside this script

Needs PyTorch; the committed files were made with Debian 12's python3-torch (1.13.1). Each file holds one small
network of two convolutions and two dense layers, a batch of images without ties, targets, and what PyTorch makes of
them: results, loss, every gradient, and the losses and parameters of ten steps of Adam (epsilon 1e-7). In
factor.safetensors the loss compares thirteen entries of scale * L L^T; the outputs are the entries of the triangular L.
"""
import json
import pathlib
import struct
import sys

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
PIXELS, BATCH, STEPS, RATE = 32, 3, 10, 1e-3
CONVOLUTIONS = [(5, 2), (20, 3)]  # kernel, outputs
DENSE = [12, 13]
FACTOR_SCALE = 0.6
# Row and column of every output's entry, from 1, in the order of the constants of an extruded cell.
FACTOR_ENTRIES = ["11", "22", "33", "21", "31", "32", "44", "55", "66", "61", "62", "63", "54"]


def shift_pad(x, kernel, periodic):
    """'Same' padding of a kernel whose centre lies at (kernel - 1) // 2."""
    before, after = (kernel - 1) // 2, kernel // 2
    mode = "circular" if periodic else "constant"
    return F.pad(x, (before, after, before, after), mode=mode)


def forward(x, parameters, periodic):
    for i, (kernel, _) in enumerate(CONVOLUTIONS, start=1):
        weight, bias = parameters[f"convolution{i}.weight"], parameters[f"convolution{i}.bias"]
        x = F.max_pool2d(F.relu(F.conv2d(shift_pad(x, kernel, periodic), weight, bias)), 2)
    x = x.flatten(1)
    for i in range(1, len(DENSE) + 1):
        x = F.linear(x, parameters[f"dense{i}.weight"], parameters[f"dense{i}.bias"])
        x = F.relu(x) if i < len(DENSE) else x
    return x


def random_parameters(generator):
    parameters, channels, side = {}, 1, PIXELS
    layers = []
    for i, (kernel, outputs) in enumerate(CONVOLUTIONS, start=1):
        layers.append((f"convolution{i}", (outputs, channels, kernel, kernel)))
        channels, side = outputs, side // 2
    inputs = channels * side * side
    for i, outputs in enumerate(DENSE, start=1):
        layers.append((f"dense{i}", (outputs, inputs)))
        inputs = outputs
    for name, shape in layers:
        fan_in = torch.Size(shape[1:]).numel()
        # Rounded to single precision, so that backends of either precision start from the same numbers.
        weight = torch.randn(shape, generator=generator, dtype=torch.float64) * (1.5 / fan_in) ** 0.5
        bias = torch.randn(shape[0], generator=generator, dtype=torch.float64).abs() * 0.1
        parameters[f"{name}.weight"] = weight.float().double().requires_grad_()
        parameters[f"{name}.bias"] = bias.float().double().requires_grad_()
    return parameters


def square_of_factor(raw, offset):
    """The thirteen entries of scale * L L^T, by whole matrices."""
    rows, columns = ([int(entry[i]) - 1 for entry in FACTOR_ENTRIES] for i in (0, 1))
    z = raw + offset
    diagonal = torch.tensor([row == column for row, column in zip(rows, columns)])
    factor = torch.zeros((raw.shape[0], 6, 6), dtype=raw.dtype)
    factor[:, rows, columns] = torch.where(diagonal, F.softplus(z, threshold=100), z)
    return FACTOR_SCALE * (factor @ factor.transpose(1, 2))[:, rows, columns]


def ladder(periodic, seed, factor=False):
    generator = torch.Generator().manual_seed(seed)
    parameters = random_parameters(generator)
    images = torch.randn((BATCH, 1, PIXELS, PIXELS), generator=generator, dtype=torch.float32)
    targets = torch.randn((BATCH, DENSE[-1]), generator=generator, dtype=torch.float32)
    tensors = {"images": images, "targets": targets}
    tensors.update({f"start.{name}": p.detach().clone().float() for name, p in parameters.items()})
    if factor:
        tensors["factor_offset"] = torch.randn(DENSE[-1], generator=generator, dtype=torch.float64)
    adam = torch.optim.Adam(parameters.values(), lr=RATE, betas=(0.9, 0.999), eps=1e-7)
    losses = []
    for step in range(STEPS):
        adam.zero_grad()
        results = forward(images.double(), parameters, periodic)
        values = square_of_factor(results, tensors["factor_offset"]) if factor else results
        loss = F.mse_loss(values, targets.double())
        loss.backward()
        if step == 0:
            tensors["results"] = results.detach()
            tensors.update({f"gradient.{name}": p.grad.clone() for name, p in parameters.items()})
        losses.append(loss.item())
        adam.step()
    tensors["losses"] = torch.tensor(losses, dtype=torch.float64)
    tensors.update({f"end.{name}": p.detach().clone() for name, p in parameters.items()})
    return tensors


def definition(periodic):
    padding = "periodic" if periodic else "zero"
    layers = []
    for kernel, outputs in CONVOLUTIONS:
        layers += [{"type": "convolution", "kernel": kernel, "outputs": outputs, "padding": padding},
                   {"type": "relu"}, {"type": "max_pool"}]
    for outputs in DENSE:
        layers += [{"type": "dense", "outputs": outputs}, {"type": "relu"}]
    return {"name": f"golden-{padding}", "input": {"channels": 1, "height": PIXELS, "width": PIXELS},
            "layers": layers[:-1]}


def write(path, metadata, tensors):
    header, begin, data = {"__metadata__": metadata}, 0, b""
    for name, tensor in tensors.items():
        raw = tensor.contiguous().numpy().tobytes()
        dtype = {torch.float32: "F32", torch.float64: "F64"}[tensor.dtype]
        header[name] = {"dtype": dtype, "shape": list(tensor.shape), "data_offsets": [begin, begin + len(raw)]}
        begin += len(raw)
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


if __name__ == "__main__":
    for name in sys.argv[1:] or ["zero", "periodic", "factor"]:
        periodic, factor = name != "zero", name == "factor"
        metadata = {"format": "nanohooke-network-ladder", "version": "1", "made_with": f"torch {torch.__version__}",
                    "rate": repr(RATE), "definition": json.dumps(definition(periodic))}
        if factor:
            metadata.update(factor_entries=" ".join(FACTOR_ENTRIES), factor_scale=repr(FACTOR_SCALE))
        write(HERE / f"{name}.safetensors", metadata, ladder(periodic, 20260101 + periodic + factor, factor))
