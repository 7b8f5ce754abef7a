#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the shipped model is known to give: its validation error, and predictions of twenty structures as designed:

    python3 make.py ../../nanohooke

ShippedModelTest fails where the model in the library is worse than this, or predicts something else. After a better
model was put there, run this again and look at what changed.
"""
import json
import os
import struct
import subprocess
import sys
import tempfile

MODEL = "../../java/model/src/main/resources/io/github/nanohooke/model/al/nanohooke-al.safetensors"


def metrics():
    with open(MODEL, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    return json.loads(header["__metadata__"]["metrics"])


def main(nanohooke):
    predictions = []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for index in range(20):
            names.append(os.path.join(folder, f"s{index}.json"))
            subprocess.run([nanohooke, "sample", "--kind", "mixed", "--seed", "31", "--index", str(index), "--out",
                            names[-1]], check=True, stdout=subprocess.DEVNULL)
        done = subprocess.run([nanohooke, "predict", "--json", *names], stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL)
        for line in done.stdout.decode().splitlines():
            predictions.append(list(json.loads(line)["constants"].values()))
    rmse = metrics()["validation_rmse_GPa"]
    with open("shipped.json", "w") as file:
        file.write('{"validation_rmse_GPa": %r,\n "kind": "mixed", "seed": 31,\n "predictions_GPa": [\n' % rmse)
        file.write(",\n".join("  [" + ", ".join("%.4f" % c for c in row) + "]" for row in predictions) + "]}\n")


main(sys.argv[1])
