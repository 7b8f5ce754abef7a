// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import io.github.nanohooke.random.Xoshiro256;
import io.github.nanohooke.statics.StaticsProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes a table of a finished grid, and proves it. */
final class TableEnd {
    private static final int CHECKS = 200;
    private static final int WHOLE_CHECKS = 1000;
    private static final long SEED = 14;
    /** Share of the range in which is checked. */
    private static final double CHECKED = 5.0 / 12;

    private final Grid grid;
    private final TableOptions options;
    private final String key;
    private final List<Grid.Cube> cells;
    private final Map<Node, Integer> numbers = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private double[] data;

    private TableEnd(Grid grid, TableOptions options, String key) {
        this.grid = grid;
        this.options = options;
        this.key = key;
        cells = grid.leaves().stream().filter(Grid.Cube::answers).toList();
        for (Grid.Cube cell : cells) {
            for (Node corner : cell.corners) {
                if (numbers.putIfAbsent(corner, nodes.size()) == null) {
                    nodes.add(corner);
                }
            }
        }
    }

    static TableEnd of(Grid grid, TableOptions options, String key) {
        TableEnd end = new TableEnd(grid, options, key);
        end.hang();
        return end;
    }

    /** Nodes on faces and edges of larger cells, whose corners they are not, get what these answer there. */
    private void hang() {
        data = new double[Quintic.DATA * nodes.size()];
        Map<Node, Grid.Cube> largest = new HashMap<>();
        for (int k = 0; k < nodes.size(); k++) {
            Node node = nodes.get(k);
            System.arraycopy(node.data, 0, data, Quintic.DATA * k, Quintic.DATA);
            grid.around(node).stream().filter(Grid.Cube::answers)
                    .max(Comparator.comparingInt(cube -> cube.size))
                    .filter(cube -> !cube.hasCorner(node.at)).ifPresent(cube -> largest.put(node, cube));
        }
        // Larger ones first: their own corners may hang, too.
        nodes.stream().filter(largest::containsKey)
                .sorted(Comparator.comparingInt((Node node) -> -largest.get(node).size)).forEach(node -> {
                    Grid.Cube cube = largest.get(node);
                    double[] t = new double[3];
                    for (int q = 0; q < 3; q++) {
                        t[q] = (double) (node.at[q] - cube.at[q]) / cube.size;
                    }
                    double[] there = new double[Quintic.DATA];
                    Quintic.evaluate(data, numbersOf(cube), 0, t, grid.length(cube), there);
                    System.arraycopy(there, 0, data, Quintic.DATA * numbers.get(node), Quintic.DATA);
                });
    }

    private int[] numbersOf(Grid.Cube cube) {
        return Arrays.stream(cube.corners).mapToInt(numbers::get).toArray();
    }

    LawTable finish(Sampler sampler, StaticsProgress progress, long start, double energy, double stress,
            double modulus) {
        int[] tree = tree();
        int[] corners = cells.stream().flatMapToInt(cell -> Arrays.stream(numbersOf(cell))).toArray();
        boolean[] ends = new boolean[cells.size()];
        double[] normal = new double[4 * nodes.size()];
        for (int k = 0; k < ends.length; k++) {
            ends[k] = cells.get(k).isDoubtful();
        }
        for (int k = 0; k < nodes.size(); k++) {
            System.arraycopy(nodes.get(k).normal, 0, normal, 4 * k, 4);
        }
        LawTable table = new LawTable(options, key, tree, corners, ends, data, normal, null);
        double[] largest = {energy, stress, modulus};
        TableCheck inside = check(table, sampler, progress, largest, CHECKED, CHECKS);
        TableCheck whole = check(table, sampler, progress, largest, 1, WHOLE_CHECKS);
        int unstable = (int) grid.nodes().stream().filter(node -> !node.stable).count();
        int centres = (int) cells.stream().filter(cell -> cell.centre != null).count();
        int continued = (int) cells.stream().filter(Grid.Cube::isDoubtful).count();
        int coarse = (int) cells.stream().filter(cell -> !cell.isAtTheEnd() && cell.coarse).count();
        double coarseError = cells.stream().filter(cell -> !cell.isAtTheEnd())
                .mapToDouble(cell -> cell.stressError).max().orElse(0);
        return new LawTable(options, key, tree, corners, ends, data, normal, new TableSummary(
                grid.nodes().size() + centres, unstable, cells.size(), continued, coarse, coarseError / stress,
                sampler.evaluations(),
                energy, stress, inside.checks(), inside.energyError(), inside.stressError(), inside.modulusError(),
                whole, (System.nanoTime() - start) * 1e-9));
    }

    private int[] tree() {
        Map<Grid.Cube, Integer> cell = new HashMap<>();
        for (int k = 0; k < cells.size(); k++) {
            cell.put(cells.get(k), k);
        }
        List<Integer> entries = new ArrayList<>();
        List<Grid.Cube> of = new ArrayList<>(grid.cubes());
        for (int k = 0; k < of.size(); k++) {
            Grid.Cube cube = of.get(k);
            if (cube.children == null) {
                entries.add(cell.getOrDefault(cube, -1));
            } else {
                entries.add(-2 - of.size());
                of.addAll(List.of(cube.children));
            }
        }
        return entries.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Against atoms at random strains of up to a share of the range; atoms go on from the nearest corner.
     *
     * @param largest energy, stress and modulus
     */
    private TableCheck check(LawTable table, Sampler sampler, StaticsProgress progress, double[] largest, double share,
            int count) {
        Xoshiro256 random = new Xoshiro256(SEED);
        List<Sampler.Way> ways = new ArrayList<>();
        LawTable.Place place = new LawTable.Place();
        for (int k = 0; k < count; k++) {
            double[] strain = new double[3];
            for (int q = 0; q < 3; q++) {
                strain[q] = share * options.range() * (2 * random.nextDouble() - 1);
            }
            if (table.find(strain, place) && !table.isDoubtful(place)) {
                Node node = new Node(new int[3], strain);
                ways.add(new Sampler.Way(node, Stream.of(cells.get(place.cell).corners)
                        .sorted(Comparator.comparingDouble(corner -> corner.distance(node))).toList()));
            }
        }
        sampler.sample(ways, progress, "checks", 1, 1);
        int checks = 0;
        double[] worst = new double[3];
        double[] squares = new double[3];
        for (Sampler.Way way : ways) {
            if (way.node().stable) {
                checks++;
                table.find(way.node().strain, place);
                table.evaluate(place);
                double[] errors = TableBuilder.errors(place.derivatives, way.node());
                for (int q = 0; q < 3; q++) {
                    double error = errors[q] / largest[q];
                    worst[q] = Math.max(worst[q], error);
                    squares[q] += error * error;
                }
            }
        }
        return new TableCheck(count, checks, worst[0], worst[1], Math.sqrt(squares[1] / Math.max(1, checks)),
                Math.sqrt(squares[2] / Math.max(1, checks)));
    }
}
