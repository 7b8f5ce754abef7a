// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import io.github.nanohooke.fem.FemException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * Nodes, elements, and named sets of both. Immutable; checked when it is made: every element has a volume at each
 * point of its type's own rule and is folded at none of its corners (nodes of an element may be one: a triangle is a
 * quadrilateral with a side of no length), every node belongs to an element.
 */
public final class Mesh {
    private final int dimension;
    private final double[] coordinates;
    private final List<ElementType> types;
    private final int[][] elements;
    private final Map<String, int[]> nodeSets;
    private final Map<String, int[]> elementSets;

    /**
     * A mesh.
     *
     * @param dimension   2 or 3, that of all elements
     * @param coordinates {@code dimension} a node [nm]
     * @param types       one an element
     * @param elements    nodes of each element, in the order of {@link ElementType}
     * @param nodeSets    nodes by name of the set
     * @param elementSets elements by name of the set
     * @throws FemException when an element is inverted, folded or does not fit, a node is unused or its place not
     *                      finite
     */
    public Mesh(int dimension, double[] coordinates, List<ElementType> types, int[][] elements,
            Map<String, int[]> nodeSets, Map<String, int[]> elementSets) {
        this(dimension, coordinates, types, elements, nodeSets, elementSets, MeshNumbers.COUNTED);
    }

    Mesh(int dimension, double[] coordinates, List<ElementType> types, int[][] elements, Map<String, int[]> nodeSets,
            Map<String, int[]> elementSets, MeshNumbers numbers) {
        this.dimension = dimension;
        this.coordinates = coordinates.clone();
        this.types = List.copyOf(types);
        this.elements = Arrays.stream(elements).map(int[]::clone).toArray(int[][]::new);
        this.nodeSets = copy(nodeSets, nodes(), "node");
        this.elementSets = copy(elementSets, elements.length, "element");
        check(numbers);
    }

    public int dimension() {
        return dimension;
    }

    public int nodes() {
        return coordinates.length / dimension;
    }

    public int elements() {
        return elements.length;
    }

    public ElementType type(int element) {
        return types.get(element);
    }

    /** Nodes of an element; not to be changed. */
    public int[] element(int element) {
        return elements[element];
    }

    /** Coordinate of a node [nm]. */
    public double coordinate(int node, int axis) {
        return coordinates[node * dimension + axis];
    }

    public Map<String, int[]> nodeSets() {
        return nodeSets;
    }

    public Map<String, int[]> elementSets() {
        return elementSets;
    }

    /** @throws FemException when there is no such set, with the names that there are */
    public int[] nodeSet(String name) {
        return set(nodeSets, name, "node");
    }

    /** @throws FemException when there is no such set, with the names that there are */
    public int[] elementSet(String name) {
        return set(elementSets, name, "element");
    }

    /** The same mesh with one more set of nodes. */
    public Mesh withNodeSet(String name, int[] nodes) {
        Map<String, int[]> more = new LinkedHashMap<>(nodeSets);
        more.put(name, nodes);
        return new Mesh(dimension, coordinates, types, elements, more, elementSets);
    }

    /** The same mesh with one more set of elements. */
    public Mesh withElementSet(String name, int[] members) {
        Map<String, int[]> more = new LinkedHashMap<>(elementSets);
        more.put(name, members);
        return new Mesh(dimension, coordinates, types, elements, nodeSets, more);
    }

    /** Smallest and largest coordinate along an axis [nm]. */
    public double[] extent(int axis) {
        double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int n = 0; n < nodes(); n++) {
            range[0] = Math.min(range[0], coordinate(n, axis));
            range[1] = Math.max(range[1], coordinate(n, axis));
        }
        return range;
    }

    /**
     * Coordinates of an element's nodes.
     *
     * @param x receives {@code dimension} a node
     */
    public void gather(int element, double[] x) {
        int[] nodes = elements[element];
        for (int a = 0; a < nodes.length; a++) {
            System.arraycopy(coordinates, nodes[a] * dimension, x, a * dimension, dimension);
        }
    }

    /** Where a point of an element is, by its natural coordinates [nm]. */
    public double[] place(int element, double[] xi) {
        double[] shares = types.get(element).values(xi);
        double[] place = new double[dimension];
        for (int a = 0; a < shares.length; a++) {
            for (int i = 0; i < dimension; i++) {
                place[i] += shares[a] * coordinate(elements[element][a], i);
            }
        }
        return place;
    }

    /** Tells meshes apart that differ in a node's place or an element's nodes; sets are no part of it. */
    public String digest() {
        CRC32C sum = new CRC32C();
        ByteBuffer places = ByteBuffer.allocate(Double.BYTES * coordinates.length);
        places.asDoubleBuffer().put(coordinates);
        sum.update(places);
        for (int element = 0; element < elements.length; element++) {
            ByteBuffer nodes = ByteBuffer.allocate(Integer.BYTES * (elements[element].length + 1));
            nodes.asIntBuffer().put(types.get(element).ordinal()).put(elements[element]);
            sum.update(nodes);
        }
        return String.format(Locale.ROOT, "%08x", sum.getValue());
    }

    private static int[] set(Map<String, int[]> sets, String name, String kind) {
        int[] set = sets.get(name);
        if (set == null) {
            throw new FemException("the mesh has no " + kind + " set \"" + name + "\"; it has "
                    + (sets.isEmpty() ? "none" : String.join(", ", sets.keySet())));
        }
        return set;
    }

    private static Map<String, int[]> copy(Map<String, int[]> sets, int count, String kind) {
        Map<String, int[]> copy = new TreeMap<>();
        sets.forEach((name, members) -> {
            int[] sorted = Arrays.stream(members).sorted().distinct().toArray();
            if (sorted.length == 0) {
                throw new FemException("the " + kind + " set \"" + name + "\" is empty");
            }
            if (sorted[0] < 0 || sorted[sorted.length - 1] >= count) {
                throw new FemException("the " + kind + " set \"" + name + "\" names a " + kind
                        + " that the mesh does not have");
            }
            copy.put(name, sorted);
        });
        return Collections.unmodifiableMap(copy);
    }

    private void check(MeshNumbers numbers) {
        if (elements.length == 0) {
            throw new FemException("the mesh has no elements");
        }
        if (types.size() != elements.length) {
            throw new FemException(types.size() + " element types for " + elements.length + " elements");
        }
        for (int i = 0; i < coordinates.length; i++) {
            if (!Double.isFinite(coordinates[i])) {
                throw new FemException("node " + numbers.node().apply(i / dimension)
                        + " has a coordinate that is not a finite number");
            }
        }
        BitSet used = new BitSet(nodes());
        Map<ElementType, JacobianCheck> checks = new LinkedHashMap<>();
        for (int e = 0; e < elements.length; e++) {
            checks.computeIfAbsent(types.get(e), type -> new JacobianCheck(type, numbers)).require(this, e);
            Arrays.stream(elements[e]).forEach(used::set);
        }
        if (used.cardinality() < nodes()) {
            List<String> unused = new ArrayList<>();
            for (int n = used.nextClearBit(0); n < nodes() && unused.size() < 5; n = used.nextClearBit(n + 1)) {
                unused.add(numbers.node().apply(n));
            }
            int count = nodes() - used.cardinality();
            throw new FemException(count + " of " + nodes() + " nodes belong to no element ("
                    + String.join(", ", unused) + (count > unused.size() ? ", ..." : "")
                    + "): nothing holds them; remove them from the mesh");
        }
    }
}
