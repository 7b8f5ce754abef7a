// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.mesh.Mesh;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The connected pieces of a mesh, by their elements, and which of them ties join. */
final class Pieces {
    private final int[] pieceOf;
    private final List<int[]> nodes = new ArrayList<>();
    private final List<int[]> joined;

    /** @param ties displacements (node * dimension + axis) that are one */
    Pieces(Mesh mesh, List<int[]> ties) {
        pieceOf = new int[mesh.nodes()];
        Arrays.fill(pieceOf, -1);
        List<List<Integer>> elementsOf = new ArrayList<>();
        for (int n = 0; n < mesh.nodes(); n++) {
            elementsOf.add(new ArrayList<>());
        }
        for (int e = 0; e < mesh.elements(); e++) {
            for (int node : mesh.element(e)) {
                elementsOf.get(node).add(e);
            }
        }
        boolean[] seen = new boolean[mesh.elements()];
        for (int start = 0; start < mesh.nodes(); start++) {
            if (pieceOf[start] < 0) {
                nodes.add(piece(mesh, start, elementsOf, seen));
            }
        }
        joined = join(mesh.dimension(), ties);
    }

    private int[] piece(Mesh mesh, int start, List<List<Integer>> elementsOf, boolean[] seen) {
        int piece = nodes.size();
        List<Integer> found = new ArrayList<>(List.of(start));
        Deque<Integer> open = new ArrayDeque<>(found);
        pieceOf[start] = piece;
        while (!open.isEmpty()) {
            for (int e : elementsOf.get(open.pop())) {
                if (seen[e]) {
                    continue;
                }
                seen[e] = true;
                for (int node : mesh.element(e)) {
                    if (pieceOf[node] < 0) {
                        pieceOf[node] = piece;
                        found.add(node);
                        open.push(node);
                    }
                }
            }
        }
        return found.stream().mapToInt(Integer::intValue).sorted().toArray();
    }

    private List<int[]> join(int dimension, List<int[]> ties) {
        int[] group = IntStream.range(0, count()).toArray();
        for (int[] tie : ties) {
            int first = group[pieceOf[tie[0] / dimension]];
            for (int dof : tie) {
                int other = group[pieceOf[dof / dimension]];
                for (int p = 0; other != first && p < group.length; p++) {
                    group[p] = group[p] == other ? first : group[p];
                }
            }
        }
        Map<Integer, List<Integer>> members = new TreeMap<>();
        for (int p = 0; p < group.length; p++) {
            members.computeIfAbsent(group[p], g -> new ArrayList<>()).add(p);
        }
        return members.values().stream().map(m -> m.stream().mapToInt(Integer::intValue).toArray()).toList();
    }

    int count() {
        return nodes.size();
    }

    /** The piece of a node. */
    int of(int node) {
        return pieceOf[node];
    }

    /** Nodes of a piece, rising. */
    int[] nodes(int piece) {
        return nodes.get(piece);
    }

    /** Every piece, together with those that ties join to it. */
    List<int[]> joined() {
        return joined;
    }
}
