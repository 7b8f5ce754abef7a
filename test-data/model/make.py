#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What the shipped models are known to give: their validation errors, and predictions of twenty structures as designed:

    python3 make.py ../../nanohooke

ShippedModelTest and ShippedDesignedModelTest fail where a model in the library is worse than this, or predicts
something else. After a better model was put there, run this again and look at what changed.
"""
import json
import os
import struct
import subprocess
import sys
import tempfile

FOLDER = "../../java/model/src/main/resources/io/github/nanohooke/model/al/"
MODELS = {"relaxed": FOLDER + "nanohooke-al.safetensors", "designed": FOLDER + "nanohooke-al-designed.safetensors"}


def metrics(model):
    with open(model, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
    return json.loads(header["__metadata__"]["metrics"])


def predictions(nanohooke, model, names):
    done = subprocess.run([nanohooke, "predict", "--json", "--model", model, *names], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL)
    return [list(json.loads(line)["constants"].values()) for line in done.stdout.decode().splitlines()]


def main(nanohooke):
    models = []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for index in range(20):
            names.append(os.path.join(folder, f"s{index}.json"))
            subprocess.run([nanohooke, "sample", "--kind", "mixed", "--seed", "31", "--index", str(index), "--out",
                            names[-1]], check=True, stdout=subprocess.DEVNULL)
        for shows, model in MODELS.items():
            rows = ",\n".join("   [" + ", ".join("%.4f" % c for c in row) + "]"
                              for row in predictions(nanohooke, model, names))
            models.append('"%s": {"validation_rmse_GPa": %r,\n  "predictions_GPa": [\n%s]}'
                          % (shows, metrics(model)["validation_rmse_GPa"], rows))
    with open("shipped.json", "w") as file:
        file.write('{"kind": "mixed", "seed": 31,\n ' + ",\n ".join(models) + "}\n")


main(sys.argv[1])
