// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.atoms.AtomsMaterial;
import io.github.nanohooke.statics.StaticsProgress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds a table, coarse cubes first. The coarsest nodes are reached on straight ways in the Green strain from the
 * undeformed state, every other one from the corners of the edge, face or cube that it halves. It is stable where one
 * of three of them leads to it, and then on the same branch of atoms, and no strain on top has a modulus below minus
 * the largest undeformed one: right before atoms give way moduli run off to minus infinity. Cubes are halved while
 * atoms at their centre disagree with them by more than half of the tolerance, moduli included, or where stability ends
 * in them.
 */
final class TableBuilder {
    /** Share of the tolerance that a cube's centre may be wrong by: elsewhere it may be more. */
    private static final double SHARE = 0.5;
    /** Tolerances of energy and moduli over that of stress. What forces of parts are made of are the moduli. */
    private static final double ENERGY = 0.2;
    private static final double MODULI = 0.5;
    private static final Comparator<Node> NEAREST_TO_REST = Comparator.<Node>comparingDouble(Node::size)
            .thenComparing(node -> node.at, Arrays::compare);

    private final TableOptions options;
    private final StaticsProgress progress;
    private final Grid grid;
    private final Sampler sampler;
    private final long start = System.nanoTime();
    private double largestEnergy;
    private double largestStress;
    private double largestModulus;

    TableBuilder(AtomsMaterial material, TableOptions options, StaticsProgress progress) {
        this.options = options;
        this.progress = progress;
        grid = new Grid(options);
        sampler = new Sampler(material, options.finest());
    }

    LawTable build(String key) {
        coarsest();
        List<Grid.Cube> now = grid.cubes();
        int depth = options.depth();
        for (int level = 0; level <= depth && !now.isEmpty(); level++) {
            measure();
            Slopes.fill(grid);
            double from = (level + 0.2) / (depth + 1.2);
            test(now, from, from + 0.5 / (depth + 1.2));
            now = level == depth ? List.of() : halve(now.stream().filter(this::isToBeHalved).toList(),
                    from + 0.5 / (depth + 1.2), from + 1 / (depth + 1.2));
        }
        measure();
        Slopes.fill(grid);
        continueStableNodes();
        return TableEnd.of(grid, options, key).finish(sampler, progress, start, largestEnergy, largestStress,
                largestModulus);
    }

    private void coarsest() {
        Node rest = new Node(new int[3], new double[3]);
        rest.state = sampler.undeformed();
        List<Sampler.Way> ways = new ArrayList<>();
        for (Grid.Cube cube : grid.cubes()) {
            corners(cube).filter(at -> !grid.has(at)).forEach(at ->
                    ways.add(new Sampler.Way(grid.node(at), List.of(rest))));
            take(cube);
        }
        sampler.sample(ways, progress, "coarsest strains", 0, 0.2 / (options.depth() + 1.2));
        if (grid.nodes().stream().noneMatch(node -> node.stable && node.size() == 0)) {
            throw new FemException("the table of a law has no middle: the undeformed atoms are not stable");
        }
    }

    private static Stream<int[]> corners(Grid.Cube cube) {
        return Stream.iterate(0, c -> c < 8, c -> c + 1).map(c -> corner(cube, c));
    }

    private static int[] corner(Grid.Cube cube, int c) {
        return new int[] {cube.at[0] + (c >> 2) * cube.size, cube.at[1] + (c >> 1 & 1) * cube.size,
            cube.at[2] + (c & 1) * cube.size};
    }

    private void take(Grid.Cube cube) {
        for (int c = 0; c < 8; c++) {
            cube.corners[c] = grid.node(corner(cube, c));
        }
    }

    /** The largest numbers of all stable nodes, by which errors are judged. */
    private void measure() {
        for (Node node : grid.nodes()) {
            if (node.stable && node.size() == 0) {
                largestModulus = Math.max(node.second(0), Math.max(node.second(3), node.second(5)));
            }
        }
        for (Node node : grid.nodes()) {
            node.stable &= !node.isGivingWay(largestModulus);
            if (node.stable) {
                largestEnergy = Math.max(largestEnergy, node.data[0]);
                for (int q = 0; q < 3; q++) {
                    largestStress = Math.max(largestStress, Math.abs(node.first(q)));
                }
            }
        }
    }

    /** Relaxes the centres of cubes that are stable all around. */
    private void test(List<Grid.Cube> cubes, double from, double to) {
        List<Sampler.Way> ways = new ArrayList<>();
        for (Grid.Cube cube : cubes) {
            if (cube.stableCorners() == 8) {
                double half = 0.5 * cube.size;
                cube.centre = new Node(new int[] {cube.at[0] + cube.size / 2, cube.at[1] + cube.size / 2,
                    cube.at[2] + cube.size / 2}, new double[] {grid.strain(cube.at[0] + half),
                        grid.strain(cube.at[1] + half), grid.strain(cube.at[2] + half)});
                ways.add(new Sampler.Way(cube.centre, Stream.of(cube.corners).sorted(NEAREST_TO_REST).toList()));
            }
        }
        sampler.sample(ways, progress, "cells of " + grid.length(cubes.get(0)), from, to);
        cubes.parallelStream().filter(cube -> cube.centre != null && cube.centre.stable).forEach(cube -> {
            cube.centre.stable = !cube.centre.isGivingWay(largestModulus);
            judge(cube);
        });
    }

    private void judge(Grid.Cube cube) {
        double[] data = new double[8 * Quintic.DATA];
        int[] corners = new int[8];
        for (int c = 0; c < 8; c++) {
            System.arraycopy(cube.corners[c].data, 0, data, Quintic.DATA * c, Quintic.DATA);
            corners[c] = c;
        }
        double[] found = new double[Quintic.DATA];
        Quintic.evaluate(data, corners, 0, new double[] {0.5, 0.5, 0.5}, grid.length(cube), found);
        double[] errors = errors(found, cube.centre);
        cube.stressError = errors[1];
        double worst = Math.max(errors[0] / (ENERGY * largestEnergy), errors[1] / largestStress) / options.tolerance();
        cube.coarse = worst > 1;
        cube.uneven = Math.max(worst, errors[2] / (MODULI * largestModulus) / options.tolerance()) > SHARE;
    }

    /** Largest differences of energy, stress and moduli [GPa]. */
    static double[] errors(double[] found, Node truth) {
        double[] worst = new double[3];
        for (int q = 0; q < Quintic.DATA; q++) {
            int order = q / 9 + q / 3 % 3 + q % 3;
            if (order < 3) {
                worst[order] = Math.max(worst[order], Math.abs(found[q] - truth.data[q]));
            }
        }
        return worst;
    }

    private boolean isToBeHalved(Grid.Cube cube) {
        return cube.uneven || cube.answers() && cube.isAtTheEnd();
    }

    private List<Grid.Cube> halve(List<Grid.Cube> cubes, double from, double to) {
        List<Grid.Cube> all = new ArrayList<>();
        List<Sampler.Way> ways = new ArrayList<>();
        for (Grid.Cube cube : cubes) {
            if (cube.centre != null) {
                grid.add(cube.centre);
            }
            int half = cube.size / 2;
            cube.children = new Grid.Cube[8];
            for (int c = 0; c < 8; c++) {
                cube.children[c] = new Grid.Cube(new int[] {cube.at[0] + (c >> 2) * half,
                    cube.at[1] + (c >> 1 & 1) * half, cube.at[2] + (c & 1) * half}, half);
                corners(cube.children[c]).filter(at -> !grid.has(at)).forEach(at -> way(cube, at, ways));
                take(cube.children[c]);
            }
            all.addAll(List.of(cube.children));
        }
        sampler.sample(ways, progress, "strains between", from, to);
        return all;
    }

    /** A new node is reached from the nearest corners of the cube. */
    private void way(Grid.Cube cube, int[] at, List<Sampler.Way> ways) {
        Node node = grid.node(at);
        List<Node> ends = Stream.of(cube.corners)
                .filter(corner -> corner.stable && isNext(corner.at, at, cube.size / 2))
                .sorted(NEAREST_TO_REST).toList();
        if (!ends.isEmpty()) {
            ways.add(new Sampler.Way(node, ends));
        }
    }

    private static boolean isNext(int[] corner, int[] at, int half) {
        for (int q = 0; q < 3; q++) {
            if (Math.abs(corner[q] - at[q]) > half) {
                return false;
            }
        }
        return true;
    }

    /** Unstable corners of cubes at the end continue the nearest stable corner of the cubes around them. */
    private void continueStableNodes() {
        List<Node> open = grid.nodes().stream().filter(node -> !node.stable).toList();
        for (Node node : open) {
            grid.around(node).stream().flatMap(cube -> Stream.of(cube.corners)).filter(corner -> corner.stable)
                    .min(Comparator.<Node>comparingDouble(corner -> corner.distance(node))
                            .thenComparing(NEAREST_TO_REST))
                    .ifPresent(node::continues);
        }
    }
}
