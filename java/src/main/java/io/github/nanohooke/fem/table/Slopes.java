// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Derivatives of the energy of third and higher order at nodes, which atoms do not tell: differences of the next lower
 * ones between neighbours along the axes, averaged over the ways that lead there.
 */
final class Slopes {
    /** One derivative and how it follows: along which axis, from which one. */
    private record Order(int index, List<int[]> from) {
    }

    private static final int[] STEP = {9, 3, 1};
    private static final List<List<Order>> ORDERS = orders();

    private Slopes() {
    }

    /** By rising order: each is of those before. */
    private static List<List<Order>> orders() {
        List<List<Order>> all = new ArrayList<>();
        for (int total = 3; total <= 6; total++) {
            int wanted = total;
            all.add(IntStream.range(0, Quintic.DATA).filter(q -> q / 9 + q / 3 % 3 + q % 3 == wanted)
                    .mapToObj(q -> new Order(q, IntStream.range(0, 3).filter(axis -> q / STEP[axis] % 3 > 0)
                            .mapToObj(axis -> new int[] {axis, q - STEP[axis]}).toList())).toList());
        }
        return all;
    }

    /** Of all stable nodes. */
    static void fill(Grid grid) {
        List<Node> nodes = grid.nodes().stream().filter(node -> node.stable)
                .sorted(Comparator.comparingInt(node -> grid.index(node.at))).toList();
        Node[][] neighbours = nodes.parallelStream().map(node -> neighbours(grid, node)).toArray(Node[][]::new);
        for (List<Order> some : ORDERS) {
            IntStream.range(0, nodes.size()).parallel().forEach(k -> some.forEach(order ->
                    nodes.get(k).data[order.index()] = estimate(nodes.get(k), neighbours[k], order)));
        }
    }

    private static double estimate(Node node, Node[] neighbours, Order order) {
        double sum = 0;
        int ways = 0;
        for (int[] way : order.from()) {
            int axis = way[0];
            Node below = neighbours[2 * axis];
            Node above = neighbours[2 * axis + 1];
            double here = node.data[way[1]];
            double down = below == null ? 0 : node.strain[axis] - below.strain[axis];
            double up = above == null ? 0 : above.strain[axis] - node.strain[axis];
            double slope = 0;
            if (below != null) {
                slope += (here - below.data[way[1]]) / down * (above == null ? 1 : up / (up + down));
            }
            if (above != null) {
                slope += (above.data[way[1]] - here) / up * (below == null ? 1 : down / (up + down));
            }
            sum += slope;
            ways += below == null && above == null ? 0 : 1;
        }
        return ways == 0 ? 0 : sum / ways;
    }

    /** Of each axis the stable nodes next below and above, as near as there are some on both sides. */
    private static Node[] neighbours(Grid grid, Node node) {
        Node[] found = new Node[6];
        for (int axis = 0; axis < 3; axis++) {
            for (int step = 1; step <= grid.coarsest(); step *= 2) {
                Node below = grid.stable(node.at, axis, -step);
                Node above = grid.stable(node.at, axis, step);
                boolean both = found[2 * axis] != null && found[2 * axis + 1] != null;
                if (below != null && above != null && !both) {
                    found[2 * axis] = below;
                    found[2 * axis + 1] = above;
                    break;
                }
                found[2 * axis] = found[2 * axis] == null ? below : found[2 * axis];
                found[2 * axis + 1] = found[2 * axis + 1] == null ? above : found[2 * axis + 1];
            }
        }
        return found;
    }
}
