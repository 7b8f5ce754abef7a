// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Nodes and elements by the numbers of a file, on their way to a {@link Mesh}. */
final class MeshCollector {
    private record Cell(long number, ElementType type, long[] nodes) {
    }

    private final String source;
    private final double scale;
    private final Map<Long, Integer> nodeAt = new HashMap<>();
    private final List<double[]> places = new ArrayList<>();
    private final List<Long> nodeNumbers = new ArrayList<>();
    private final Map<Long, Integer> elementAt = new HashMap<>();
    private final List<Cell> cells = new ArrayList<>();
    private final Map<String, Set<Long>> nodeSets = new LinkedHashMap<>();
    private final Map<String, Set<Long>> elementSets = new LinkedHashMap<>();

    /** @param scale nm of a unit of length of the file */
    MeshCollector(String source, double scale) {
        this.source = source;
        this.scale = scale;
    }

    void node(long number, double x, double y, double z) {
        if (nodeAt.putIfAbsent(number, places.size()) != null) {
            throw new FemException(source + ": node " + number + " is there twice");
        }
        nodeNumbers.add(number);
        places.add(new double[] {scale * x, scale * y, scale * z});
    }

    void element(long number, ElementType type, long[] nodes) {
        if (nodes.length != type.nodes()) {
            throw new FemException(source + ": element " + number + " has " + nodes.length + " nodes, a " + type
                    + " has " + type.nodes());
        }
        if (elementAt.putIfAbsent(number, cells.size()) != null) {
            throw new FemException(source + ": element " + number + " is there twice");
        }
        cells.add(new Cell(number, type, nodes));
    }

    Set<Long> nodeSet(String name) {
        return nodeSets.computeIfAbsent(name, n -> new LinkedHashSet<>());
    }

    Set<Long> elementSet(String name) {
        return elementSets.computeIfAbsent(name, n -> new LinkedHashSet<>());
    }

    boolean hasNodeSet(String name) {
        return nodeSets.containsKey(name);
    }

    boolean hasElementSet(String name) {
        return elementSets.containsKey(name);
    }

    /** @throws FemException as {@link Mesh}'s constructor, naming the file */
    Mesh build() {
        if (cells.isEmpty()) {
            throw new FemException(source + ": there are no quadrilaterals or hexahedra in it");
        }
        int dimension = cells.get(0).type().dimension();
        double[] coordinates = new double[places.size() * dimension];
        for (int n = 0; n < places.size(); n++) {
            System.arraycopy(places.get(n), 0, coordinates, n * dimension, dimension);
            if (dimension == 2 && places.get(n)[2] != places.get(0)[2]) {
                throw new FemException(source + ": its elements are plane, but its nodes lie at several z");
            }
        }
        int[][] elements = new int[cells.size()][];
        for (int e = 0; e < elements.length; e++) {
            elements[e] = members(nodeAt, cells.get(e).nodes(), "node");
        }
        requireDistinct(elements);
        Map<String, int[]> ofNodes = sets(nodeSets, nodeAt, "node");
        Map<String, int[]> ofElements = sets(elementSets, elementAt, "element");
        try {
            return new Mesh(dimension, coordinates, cells.stream().map(Cell::type).toList(), elements, ofNodes,
                    ofElements, new MeshNumbers(node -> String.valueOf(nodeNumbers.get(node)),
                            element -> String.valueOf(cells.get(element).number())));
        } catch (FemException e) {
            throw new FemException(source + ": " + e.getMessage(), e);
        }
    }

    /** Twice the same material in one place would be twice as stiff. */
    private void requireDistinct(int[][] elements) {
        Map<List<Integer>, Long> numberOf = new HashMap<>();
        for (int e = 0; e < elements.length; e++) {
            long number = cells.get(e).number();
            Long other = numberOf.putIfAbsent(Arrays.stream(elements[e]).sorted().boxed().toList(), number);
            if (other != null) {
                throw new FemException(source + ": elements " + other + " and " + number + " have the same nodes: "
                        + "remove one of them");
            }
        }
    }

    private Map<String, int[]> sets(Map<String, Set<Long>> from, Map<Long, Integer> at, String kind) {
        Map<String, int[]> sets = new LinkedHashMap<>();
        from.forEach((name, numbers) -> {
            long[] all = numbers.stream().mapToLong(Long::longValue).toArray();
            if (all.length > 0) {
                sets.put(name, members(at, all, kind));
            }
        });
        return sets;
    }

    private int[] members(Map<Long, Integer> at, long[] numbers, String kind) {
        int[] members = new int[numbers.length];
        for (int k = 0; k < members.length; k++) {
            Integer place = at.get(numbers[k]);
            if (place == null) {
                throw new FemException(source + ": " + kind + " " + numbers[k] + " is named, but not defined");
            }
            members[k] = place;
        }
        return members;
    }
}
