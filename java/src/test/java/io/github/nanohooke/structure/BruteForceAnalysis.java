// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Common neighbour analysis by its definition, without bins or bit tricks: every image within reach is tried, and
 * bonds, common neighbours and chains are counted one by one.
 */
final class BruteForceAnalysis {
    private final Atoms atoms;
    private final double cutoff;
    private final int[] reach = new int[3];

    BruteForceAnalysis(Atoms atoms, double cutoff) {
        this.atoms = atoms;
        this.cutoff = cutoff;
        // Atoms may lie outside of the cell, so two images more than the cutoff needs.
        Box b = RestrictedFrame.of(atoms.cell()).box();
        double shortest = Math.min(b.lx(), Math.min(b.ly(), b.lz())) / 2;
        Arrays.fill(reach, (int) Math.ceil(cutoff / shortest) + 2);
    }

    boolean isFcc(int atom) {
        List<double[]> neighbours = neighbours(atom);
        if (neighbours.size() != 12) {
            return false;
        }
        for (double[] bond : neighbours) {
            List<double[]> common = new ArrayList<>();
            for (double[] other : neighbours) {
                if (other != bond && near(bond, other)) {
                    common.add(other);
                }
            }
            if (common.size() != 4 || bonds(common) != 2 || longestChain(common) != 1) {
                return false;
            }
        }
        return true;
    }

    List<double[]> neighbours(int atom) {
        Box b = RestrictedFrame.of(atoms.cell()).box();
        double[] home = {atoms.x(atom), atoms.y(atom), atoms.z(atom)};
        List<double[]> found = new ArrayList<>();
        for (int j = 0; j < atoms.count(); j++) {
            for (int u = -reach[0]; u <= reach[0]; u++) {
                for (int v = -reach[1]; v <= reach[1]; v++) {
                    for (int w = -reach[2]; w <= reach[2]; w++) {
                        double[] p = {
                            atoms.x(j) + u * b.lx() + v * b.xy() + w * b.xz(),
                            atoms.y(j) + v * b.ly() + w * b.yz(),
                            atoms.z(j) + w * b.lz()};
                        boolean itself = j == atom && u == 0 && v == 0 && w == 0;
                        if (!itself && near(home, p)) {
                            found.add(p);
                        }
                    }
                }
            }
        }
        return found;
    }

    private boolean near(double[] p, double[] q) {
        return Math.sqrt(Math.pow(p[0] - q[0], 2) + Math.pow(p[1] - q[1], 2) + Math.pow(p[2] - q[2], 2)) <= cutoff;
    }

    private int bonds(List<double[]> points) {
        int bonds = 0;
        for (int i = 0; i < points.size(); i++) {
            for (int j = 0; j < i; j++) {
                bonds += near(points.get(i), points.get(j)) ? 1 : 0;
            }
        }
        return bonds;
    }

    /** Bonds of the longest walk that uses no bond twice. */
    private int longestChain(List<double[]> points) {
        int longest = 0;
        for (int start = 0; start < points.size(); start++) {
            longest = Math.max(longest, walk(points, start, new boolean[points.size()][points.size()]));
        }
        return longest;
    }

    private int walk(List<double[]> points, int from, boolean[][] used) {
        int longest = 0;
        for (int to = 0; to < points.size(); to++) {
            if (to != from && !used[from][to] && near(points.get(from), points.get(to))) {
                used[from][to] = true;
                used[to][from] = true;
                longest = Math.max(longest, 1 + walk(points, to, used));
                used[from][to] = false;
                used[to][from] = false;
            }
        }
        return longest;
    }
}
