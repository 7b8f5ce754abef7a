# SPDX-License-Identifier: Apache-2.0
"""Toy embedded-atom potentials of our own, in the formats and spellings that potentials come in.

Morse pair energy, exponential density, square root embedding, for "Al" (and a harder "Cu" beside it); every function goes
to zero smoothly at the cutoff, except in jump.eam.alloy. Run it in this folder; the files are committed.
"""
import math

A0, RC, NR, NRHO = 4.05, 5.2, 400, 400
DR, DRHO = RC / NR, 0.1
R0 = A0 / math.sqrt(2)
COULOMB = 27.2 * 0.529


def cut(r):
    return max(0.0, 1 - (r / RC) ** 4) ** 3


def rho(r, scale=1.0):
    return scale * math.exp(-3.0 * (r / R0 - 1)) * cut(r)


def phi(r, depth=0.15):
    return depth * (math.exp(-2 * 1.6 * (r - R0)) - 1.2 * math.exp(-1.6 * (r - R0))) * cut(r)


def repulsion(r):
    return 0.05 * math.exp(-1.5 * (r - R0)) * cut(r)


def embedding(scale=0.75):
    return [-scale * math.sqrt(i * DRHO) for i in range(NRHO)]


def by_distance(f):
    return [f(i * DR) for i in range(NR)]


def rows(table, per_line=5, extra=(), form='%.16e'):
    lines = [' '.join(form % v for v in table[k:k + per_line]) for k in range(0, len(table), per_line)]
    lines[-1] += ''.join(' ' + word for word in extra)
    return lines


def write(name, lines, end='\n'):
    with open(name, 'w', newline='') as file:
        file.write(end.join(lines) + end)


GRID = f'{NRHO} {DRHO} {NR} {DR} {RC}'
TABLES = [embedding(), by_distance(rho), by_distance(lambda r: r * phi(r))]
HEAD = ['toy', 'potential', 'of our own', '1 Al', GRID]


def setfl(name, head='13 26.982 4.05 fcc', tail=(), end='\n', lines=HEAD, change=lambda line: line, **form):
    text = list(lines) + [head] + [line for table in TABLES for line in rows(table, **form)] + list(tail)
    write(name, [change(line) for line in text], end)


setfl('ok.eam.alloy')
# N + 1 values in each table, as in libAtoms/matscipy#26
setfl('one-more.eam.alloy', extra=['0.0'])
# a fifth word behind the lattice
setfl('head-five.eam.alloy', head='13 26.982 4.05 fcc 1')
# no lattice word, as in NIST's 2018 Howells Cr and 2003 Hoyt Cu-Pb
setfl('head-three.eam.alloy', head='13 26.982 4.05')
# something behind the tables
setfl('left-over.eam.alloy', tail=['0.0'] * 3)
# tabs, CRLF, plus signs, Fortran's exponents, one value to a line and comments behind them
setfl('dialect.eam.alloy', end='\r\n', per_line=1, form='%+.16e',
      change=lambda line: '\t' + line.replace('e+', 'D+').replace('e-', 'D-') + '\t# one'
      if 'e+' in line or 'e-' in line else line)
# all of a table on one line
setfl('long-lines.eam.alloy', per_line=NR)


def two(fs):
    densities = [[lambda r: rho(r)], [lambda r: rho(r, 1.3)]]
    if fs:
        densities = [[lambda r: rho(r), lambda r: rho(r, 0.6)], [lambda r: rho(r, 0.8), lambda r: rho(r, 1.3)]]
    pairs = [lambda r: r * phi(r), lambda r: r * phi(r, 0.12), lambda r: r * phi(r, 0.18)]
    lines = ['toy', 'potential', 'of our own', '2 Al Cu', GRID]
    for head, f, own in zip(('13 26.982 4.05 fcc', '29 63.546 3.61 fcc'), (embedding(), embedding(0.9)), densities):
        lines += [head] + rows(f, 8, form='%.10e') + [line for d in own for line in rows(by_distance(d), 8, form='%.10e')]
    return lines + [line for p in pairs for line in rows(by_distance(p), 8, form='%.10e')]


write('two.eam.alloy', two(False))
write('two.eam.fs', two(True))

# funcfl has an effective charge in place of the pair energy, which is therefore repulsive
charge = by_distance(lambda r: math.sqrt(r * repulsion(r) / COULOMB))
write('toy.eam', ['toy potential of our own', '13 26.982 4.05 fcc', GRID]
      + [line for table in (embedding(0.35), charge, by_distance(rho)) for line in rows(table)])

# the cutoff just beyond the fifth neighbours of its own fcc crystal, where the functions are not zero: a small step, as in
# the published tables of Zhou 2004 (Au, Pt, Pd, Al) and Ackland 1987 (Ag, Au, Cu)
END, KNOTS, JUMP = 6.5, 2000, 5.969919707772321


def to_the_end(r):
    return (1 - (r / END) ** 4) ** 2


def steps(f):
    return rows([f(i * END / (KNOTS - 1)) for i in range(KNOTS)])


write('jump.eam.alloy', ['toy', 'potential', 'of our own', '1 Al', f'{KNOTS} 0.02 {KNOTS} {END / (KNOTS - 1)!r} {JUMP!r}',
                         '13 26.982 4.05 fcc']
      + rows([-0.75 * math.sqrt(i * 0.02) for i in range(KNOTS)])
      + steps(lambda r: math.exp(-3.0 * (r / R0 - 1)) * to_the_end(r))
      + steps(lambda r: r * 0.15 * (math.exp(-2 * 1.6 * (r - R0)) - 1.2 * math.exp(-1.6 * (r - R0))) * to_the_end(r)))
