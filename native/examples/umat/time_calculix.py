# SPDX-License-Identifier: Apache-2.0
"""What the UMAT costs in CalculiX: processor time and forces of the beam of Fig. 7 (405 x 81 nm, 50 x 10 C3D20R, 8
increments to 40 nm) by CalculiX' own laws and by nanohooke_umat.c, in turn, one thread.

    python3 time_calculix.py CCX LIBRARIES [ROUNDS]

CCX is the program that build-calculix.sh makes, LIBRARIES the folder of libNANOHOOKE.so and libnanohooke_c.so.
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile

NX, NY, LENGTH, HEIGHT = 50, 10, 405.0, 81.0
# C11 C22 C33 C12 C13 C23 C44 C55 C66 of the box with sixteen pores, GPa.
C11, C22, C33, C12, C13, C23, C44, C55, C66 = 102.05, 102.05, 107.48, 54.14, 56.12, 56.12, 31.21, 31.21, 28.24
LAWS = {
    # Shear in the order 12, 13, 23.
    "own law, ANISO": "*ELASTIC, TYPE=ANISO\n%s\n" % ",\n".join(
        ", ".join(map(str, row)) for row in (
            (C11, C12, C22, C13, C23, C33, 0, 0), (0, C66, 0, 0, 0, 0, C55, 0), (0, 0, 0, 0, C44))),
    "own law, ORTHO": "*ELASTIC, TYPE=ORTHO\n%s,\n%s\n" % (
        ", ".join(map(str, (C11, C12, C22, C13, C23, C33, C66, C55))), C44),
    "UMAT": "*USER MATERIAL, CONSTANTS=13\n%s,\n%s\n" % (
        ", ".join(map(str, (C11, C22, C33, C12, C13, C23, C44, C55))), "%s, 0, 0, 0, 0" % C66),
}


def mesh():
    number, lines = {}, []

    def node(i, j, k):
        if (i, j, k) not in number:
            number[i, j, k] = len(number) + 1
            lines.append("%d, %r, %r, %r" % (number[i, j, k], i * LENGTH / (2 * NX), j * HEIGHT / (2 * NY), k / 2))
        return number[i, j, k]

    ring = [(0, 0), (2, 0), (2, 2), (0, 2)], [(1, 0), (2, 1), (1, 2), (0, 1)]
    elements = []
    for x in range(NX):
        for y in range(NY):
            at = [(i, j, k) for k in (0, 2) for i, j in ring[0]] + [(i, j, k) for k in (0, 2) for i, j in ring[1]]
            at += [(i, j, 1) for i, j in ring[0]]
            nodes = [str(node(2 * x + i, 2 * y + j, k)) for i, j, k in at]
            elements.append("%d, %s,\n%s" % (len(elements) + 1, ", ".join(nodes[:10]), ", ".join(nodes[10:])))
    text = "*NODE, NSET=NALL\n%s\n*ELEMENT, TYPE=C3D20R, ELSET=EALL\n%s\n" % ("\n".join(lines), "\n".join(elements))
    for name, x in ("LEFT", 0), ("RIGHT", 2 * NX):
        text += "*NSET, NSET=%s\n%s\n" % (name, ",\n".join(str(n) for (i, _, _), n in number.items() if i == x))
    return text


def deck(law):
    name = "@ABAQUS_NANOHOOKE" if law == "UMAT" else "AL"
    return mesh() + "*MATERIAL, NAME=%s\n%s*SOLID SECTION, ELSET=EALL, MATERIAL=%s\n" % (name, LAWS[law], name) + (
        "*STEP, NLGEOM, INC=100\n*STATIC, DIRECT\n0.125, 1.\n*CONTROLS, PARAMETERS=FIELD\n1e-7\n"
        "*BOUNDARY\nLEFT, 1, 3\nRIGHT, 1, 1\nRIGHT, 2, 2, -40.\nNALL, 3, 3\n"
        "*NODE PRINT, NSET=RIGHT, TOTALS=ONLY\nRF\n*END STEP\n")


def run(ccx, libraries, folder, law):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = dict(os.environ, OMP_NUM_THREADS="1", LD_LIBRARY_PATH=libraries)
    with open(os.path.join(folder, "log"), "w") as log:
        subprocess.run([ccx, law.replace(" ", "").replace(",", "-")], cwd=folder, env=environment, stdout=log, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(os.path.join(folder, law.replace(" ", "").replace(",", "-") + ".dat")) as results:
        force = [line.split() for line in results if line.strip()][-1]
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, force[1]


def main(ccx, libraries, rounds="5"):
    ccx, libraries = os.path.abspath(ccx), os.path.abspath(libraries)
    times, forces = {law: [] for law in LAWS}, {}
    with tempfile.TemporaryDirectory() as folder:
        for law in LAWS:
            with open(os.path.join(folder, law.replace(" ", "").replace(",", "-") + ".inp"), "w") as file:
                file.write(deck(law))
        for _ in range(int(rounds)):
            for law in LAWS:
                seconds, forces[law] = run(ccx, libraries, folder, law)
                times[law].append(seconds)
    umat = times["UMAT"]
    for law, all_of_it in times.items():
        ratio = statistics.median(u / o for u, o in zip(umat, all_of_it))
        print("%-15s %6.2f s of processor time, F_y %s N/m; the UMAT takes %.3f times as long" % (
            law, statistics.median(all_of_it), forces[law], ratio))


if __name__ == "__main__":
    main(*sys.argv[1:])
