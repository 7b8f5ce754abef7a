#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ten structures and their tensors by LAMMPS (method lammps: descent by CG and FIRE, stress differences):

    python3 make.py ../../../nanohooke

LammpsTensorsTest holds the method hessian against them, on machines without LAMMPS too.
"""
import json
import math
import random
import subprocess
import sys


def pores(k, edge):
    r = random.Random(1000 + k)
    for _ in range(1 + k % 3):
        x, y = r.random() * edge, r.random() * edge
        size = 3 + 5 * r.random()
        shape = ("circle", "rectangle", "polygon")[k % 3]
        if shape == "circle":
            yield {"shape": shape, "center": [round(x, 3), round(y, 3)], "radius": round(size, 3)}
        elif shape == "rectangle":
            yield {"shape": shape, "x": [round(x, 3), round(x + 2 * size, 3)],
                   "y": [round(y, 3), round(y + 1.5 * size, 3)]}
        else:
            yield {"shape": shape, "vertices": [
                [round(x + size * math.cos(a), 3), round(y + 1.3 * size * math.sin(a), 3)]
                for a in (0.2, 1.9, 3.1, 4.8)]}


def main(nanohooke):
    rows = []
    for k in range(10):
        cells = [8 + k % 3, 8, 1]
        name = f"s{k}.json"
        with open(name, "w") as file:
            json.dump({"cells": cells, "pores": list(pores(k, 32.4))}, file)
            file.write("\n")
        done = subprocess.run([nanohooke, "statics", name, "--method", "lammps", "--json", "--quiet"],
                              stdout=subprocess.PIPE, check=True)
        result = json.loads(done.stdout)
        c = result["stiffness"]
        rows.append([name, result["outcome"], repr(result["energy"])]
                    + [repr(c[i][j]) for i in range(6) for j in range(i, 6)])
    with open("tensors.csv", "w") as file:
        names = [f"C{i}{j}" for i in range(1, 7) for j in range(i, 7)]
        file.write(",".join(["structure", "outcome", "energy_eV"] + names) + "\n")
        for row in rows:
            file.write(",".join(row) + "\n")


main(sys.argv[1])
