// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.Arrays;
import java.util.List;

/**
 * Atoms in a periodic cell. Immutable: arrays are copied on the way in and on the way out.
 *
 * @see Cell for the axes
 */
public final class Atoms {
    private final Cell cell;
    private final List<String> elements;
    private final int[] types;
    private final double[] positions;

    /**
     * @param cell      the periodic cell
     * @param elements  element symbol of each type, for example {@code ["Al"]}
     * @param types     one index into {@code elements} per atom, counted from 0
     * @param positions x, y, z of each atom in turn [Å], length 3 n
     * @throws IllegalArgumentException when lengths disagree, a type has no element or a coordinate is not finite
     */
    public Atoms(Cell cell, List<String> elements, int[] types, double[] positions) {
        if (positions.length != 3 * types.length) {
            throw new IllegalArgumentException(
                    types.length + " atoms need " + 3 * types.length + " coordinates, got " + positions.length);
        }
        for (int i = 0; i < types.length; i++) {
            if (types[i] < 0 || types[i] >= elements.size()) {
                throw new IllegalArgumentException("atom " + i + " has type " + types[i] + ", but there are "
                        + elements.size() + " elements " + elements);
            }
        }
        for (int i = 0; i < positions.length; i++) {
            if (!Double.isFinite(positions[i])) {
                throw new IllegalArgumentException(
                        "coordinate " + "xyz".charAt(i % 3) + " of atom " + i / 3 + " is " + positions[i]);
            }
        }
        this.cell = cell;
        this.elements = List.copyOf(elements);
        this.types = types.clone();
        this.positions = positions.clone();
    }

    /** Atoms of one element. */
    public static Atoms of(String element, Cell cell, double[] positions) {
        return new Atoms(cell, List.of(element), new int[positions.length / 3], positions);
    }

    public Cell cell() {
        return cell;
    }

    /** Element symbols by type. */
    public List<String> elements() {
        return elements;
    }

    public int count() {
        return types.length;
    }

    /** Type index of atom {@code i}, counted from 0. */
    public int type(int i) {
        return types[i];
    }

    public double x(int i) {
        return positions[3 * i];
    }

    public double y(int i) {
        return positions[3 * i + 1];
    }

    public double z(int i) {
        return positions[3 * i + 2];
    }

    /** A copy of the type indices, length n. */
    public int[] types() {
        return types.clone();
    }

    /** A copy of the coordinates x, y, z of each atom in turn [Å], length 3 n. */
    public double[] positions() {
        return positions.clone();
    }

    /** The same atoms elsewhere, in the same or another cell. */
    public Atoms moved(Cell newCell, double[] newPositions) {
        return new Atoms(newCell, elements, types, newPositions);
    }

    /** Element symbol of atom {@code i}. */
    public String element(int i) {
        return elements.get(types[i]);
    }

    /** The same atoms, each brought into the cell by whole lattice vectors. */
    public Atoms wrapped() {
        double[] inside = positions.clone();
        cell.wrap(inside);
        return moved(cell, inside);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Atoms that && cell.equals(that.cell) && elements.equals(that.elements)
                && Arrays.equals(types, that.types) && Arrays.equals(positions, that.positions);
    }

    @Override
    public int hashCode() {
        return 31 * cell.hashCode() + Arrays.hashCode(positions);
    }

    @Override
    public String toString() {
        return count() + " atoms of " + elements + " in " + cell;
    }
}
