# SPDX-License-Identifier: Apache-2.0
"""Makes the inputs of the tests of libnanohooke_c: two small models with random parameters, images, atoms.

    python3 make.py        (numpy; the outputs beside them are Java's, see README.md)
"""
import json
import struct

import numpy as np

CONSTANTS = "C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45"
IMAGE = "one periodic cell, rows from the top; 1 = solid, 0 = pore"


def write_model(path, name, pixels, padding, convolutions, widths, head, dtype, provenance, metrics, seed):
    random = np.random.default_rng(seed)
    layers, tensors, channels, side = [], {}, 1, pixels
    for number, (kernel, outputs) in enumerate(convolutions, 1):
        layers += [{"type": "convolution", "kernel": kernel, "outputs": outputs, "padding": padding},
                   {"type": "relu"}, {"type": "max_pool"}]
        scale = np.sqrt(2 / (channels * kernel * kernel))
        tensors[f"convolution{number}.weight"] = scale * random.standard_normal((outputs, channels, kernel, kernel))
        tensors[f"convolution{number}.bias"] = 0.05 * random.standard_normal(outputs)
        channels, side = outputs, side // 2
    inputs = channels * side * side
    for number, width in enumerate(widths + [13], 1):
        layers.append({"type": "dense", "outputs": width})
        if number <= len(widths):
            layers.append({"type": "relu"})
        tensors[f"dense{number}.weight"] = np.sqrt(2 / inputs) * random.standard_normal((width, inputs))
        tensors[f"dense{number}.bias"] = 0.05 * random.standard_normal(width)
        inputs = width
    definition = {"name": name, "input": {"channels": 1, "height": pixels, "width": pixels}, "layers": layers}
    header = {"__metadata__": {
        "format": "nanohooke-model", "version": "1", "units": "GPa", "constants": CONSTANTS, "image": IMAGE,
        "definition": json.dumps(definition), "head": json.dumps(head), "provenance": json.dumps(provenance),
        "metrics": json.dumps(metrics)}}
    data = b""
    for tensor, values in tensors.items():
        raw = values.astype("<f4" if dtype == "F32" else "<f2").tobytes()
        offsets = [len(data), len(data) + len(raw)]
        header[tensor] = {"dtype": dtype, "shape": list(values.shape), "data_offsets": offsets}
        data += raw
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def write_images(path, pixels, count, seed):
    """Solids with one or two round pores, periodic."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:pixels, 0:pixels]
    with open(path, "wb") as file:
        for _ in range(count):
            solid = np.ones((pixels, pixels), bool)
            for _ in range(random.integers(1, 3)):
                y, x, r = random.uniform(0, pixels, 2).tolist() + [random.uniform(2, pixels / 3)]
                dy, dx = (np.abs((a - b + pixels / 2) % pixels - pixels / 2) for a, b in ((rows, y), (columns, x)))
                solid &= dy * dy + dx * dx > r * r
            file.write(np.packbits(solid, axis=1, bitorder="little").tobytes())


def write_atoms(path, cells, askew):
    """Aluminium with one pore along z, turned, its cell told by vectors that lie askew."""
    a = 4.05
    basis = np.array([[0, 0, 0], [0.5, 0.5, 0], [0.5, 0, 0.5], [0, 0.5, 0.5]])
    grid = np.array([[i, j, 0] for i in range(cells) for j in range(cells)])
    sites = a * (grid[:, None, :] + basis[None, :, :]).reshape(-1, 3)
    middle = a * np.array([0.4 * cells, 0.55 * cells])
    sites = sites[np.hypot(sites[:, 0] - middle[0], sites[:, 1] - middle[1]) > 0.9 * a]
    cell = a * np.diag([cells, cells, 1.0])
    if askew:
        cell = np.array([cell[0], cell[1] + 2 * cell[0], -cell[2]])
        axis = np.array([1.0, 2.0, 3.0]) / np.sqrt(14)
        k = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
        turn = np.eye(3) + np.sin(0.7) * k + (1 - np.cos(0.7)) * k @ k
        cell, sites = cell @ turn.T, sites @ turn.T + [1, 2, 3]
    with open(path, "w") as file:
        file.write(f"{len(sites)}\n")
        for row in list(cell) + list(sites):
            file.write(" ".join(repr(float(x)) for x in row) + "\n")


if __name__ == "__main__":
    offset = [3.8, 3.6, 4.2, 1.3, 1.8, 1.3, 2.4, 2.4, 1.5, 0.0, 0.0, 0.0, 0.0]
    classes = {f"test_porosity_{p}_{p + 10}_{k}": v for p in (0, 10, 20, 30) for k, v in
               (("rmse_GPa", 0.25 + p / 100), ("samples", 10.0))}
    averaged = {k.replace("test_", "test_averaged_"): 0.5 * v for k, v in classes.items()}
    metrics = {"test_samples": 40.0, "test_rmse_GPa": 0.5, **classes}
    write_model("cholesky.safetensors", "small", 24, "periodic", [(5, 4), (3, 6)], [16],
                {"type": "cholesky", "offset": offset, "scale": 14.0, "modulus": 2.1}, "F32",
                {"frame": "lammps-cell", "note": "Zufällige Gewichte: \u03c3 = 1"},
                {**metrics, **averaged, "test_averaged_samples": 40.0, "test_averaged_rmse_GPa": 0.25}, 1)
    write_model("direct.safetensors", "half", 20, "zero", [(4, 3), (3, 5)], [12],
                {"type": "direct",
                 "offset": [100.0, 98.0, 105.0, 55.0, 56.0, 54.0, 30.0, 31.0, 28.0, 0.0, 0.0, 0.0, 0.0],
                 "scale": 12.5}, "F16", {"frame": "input-axes", "licence": "Apache-2.0"}, metrics, 2)
    write_images("cholesky.images", 24, 40, 3)
    write_images("direct.images", 20, 5, 4)
    write_atoms("straight.txt", 4, False)
    write_atoms("askew.txt", 4, True)
