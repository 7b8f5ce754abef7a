// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A column of the dataset's table: its name in files, what it is, and how it is taken from samples. The first dimension
 * of every column counts samples.
 */
enum Column {
    INDEX("index", "1", "number of the sample in its dataset",
            source -> source.longs(Sample::index)),
    SOURCE("source", "", "family of the structure",
            source -> source.texts(s -> source.place(s).source().id())),
    SOURCE_INDEX("source_index", "1", "number of the sample in its family; with family and seed it determines the"
            + " structure",
            source -> source.longs(s -> source.place(s).index())),
    STATUS("status", "1", "0 kept, 1 rejected, 2 failed; only kept samples are for training",
            source -> source.bytes(s -> s.status().code())),
    REASON("reason", "", "why a sample was not kept",
            source -> source.texts(Sample::reason)),
    PART("part", "1", "0 training, 1 validation, 2 test; drawn for each sample by itself from seed and"
            + " source_index",
            source -> source.bytes(s -> Part.of(source.plan().seed(), source.place(s).index()).code())),
    SHUFFLE_KEY("shuffle_key", "1", "ascending, it puts the samples into their shuffled order",
            source -> source.longs(s -> Part.shuffleKey(source.plan().seed(), source.place(s).index()))),
    TARGET_POROSITY("target_porosity", "%", "porosity that the pores were drawn for",
            source -> source.doubles(s -> s.geometry().targetPorosity())),
    POROSITY("porosity", "%", "removed atoms / all atoms, paper eq. (1)",
            source -> source.doubles(s -> s.geometry().porosity())),
    DISPERSION("dispersion", "%", "surface atoms / removed atoms, paper eq. (2)",
            source -> source.doubles(s -> s.geometry().dispersion())),
    ATOMS("atoms", "1", "atoms that are left",
            source -> source.integers(s -> s.geometry().atoms())),
    SURFACE_ATOMS("surface_atoms", "1", "of these, atoms without fcc surroundings before relaxation",
            source -> source.integers(s -> s.geometry().surfaceAtoms())),
    CONSTANTS("constants", "GPa", "the thirteen constants of an extruded cell, in the order of the attribute 'names';"
            + " NaN where not measured",
            source -> source.samples().stream().map(s -> constants(s.measurement())).toArray(double[][]::new)),
    TENSOR("tensor", "GPa", "elastic tensor, Voigt order 11 22 33 23 13 12, engineering shear strains; NaN where not"
            + " measured",
            source -> source.samples().stream().map(s -> rows(s.measurement().tensor())).toArray(double[][][]::new)),
    CELL_BEFORE("cell_before", "angstrom", "cell of the structure as it was cut, rows a, b, c; NaN where not recorded",
            source -> source.samples().stream().map(s -> s.geometry().cell()).toArray(double[][][]::new)),
    CELL_AFTER("cell_after", "angstrom", "cell of the minimum, rows a, b, c, with relaxed_cells cells along z, in the"
            + " axes of the attribute 'frame'; NaN where not recorded",
            source -> source.samples().stream().map(s -> s.measurement().cell()).toArray(double[][][]::new)),
    OUTCOME("outcome", "", "the calculator's own word",
            source -> source.texts(s -> s.measurement().outcome())),
    PATH("path", "", "how the minimum was found, where the calculator says so",
            source -> source.texts(s -> s.measurement().path())),
    SYMMETRY_RESIDUAL("symmetry_residual", "GPa", "largest |C_ij - C_ji| before symmetrising",
            source -> source.doubles(s -> s.measurement().symmetryResidual())),
    RESIDUAL_STRESS("residual_stress", "GPa", "largest stress component at the minimum",
            source -> source.doubles(s -> s.measurement().residualStress())),
    MAX_FORCE("max_force", "eV/angstrom", "largest force component at the minimum",
            source -> source.doubles(s -> s.measurement().maxForce())),
    ENERGY("energy", "eV", "potential energy of the minimum",
            source -> source.doubles(s -> s.measurement().energy())),
    EVALUATIONS("evaluations", "1", "force evaluations",
            source -> source.longs(s -> s.measurement().evaluations())),
    SMALLEST_PIVOT("smallest_pivot", "eV/angstrom^2", "of the Hessian's Cholesky factor; NaN where not known",
            source -> source.doubles(s -> s.measurement().smallestPivot())),
    CERTIFICATE("certificate", "1", "whether one cell along z stands for three: 1 yes, 0 no, -1 not known",
            source -> source.bytes(s -> (byte) s.measurement().certificate())),
    CERTIFICATE_PIVOT("certificate_pivot", "eV/angstrom^2", "smallest or first non-positive pivot of the block at"
            + " k_z = 1/3; NaN where not known",
            source -> source.doubles(s -> s.measurement().certificatePivot())),
    ISLANDS("islands", "1", "groups of atoms that are not connected to the percolating solid; -1 where not known",
            source -> source.integers(s -> s.measurement().islands())),
    ISLAND_ATOMS("island_atoms", "1", "atoms in islands; -1 where not known",
            source -> source.integers(s -> s.measurement().islandAtoms())),
    OTHER_MINIMUM("other_minimum_known", "1", "whether another minimum was seen: 1 yes, 0 no, -1 not known",
            source -> source.bytes(s -> (byte) s.measurement().otherMinimumKnown())),
    RELAXED_CELLS("relaxed_cells", "1", "cells along z of the minimum in units of the given structure; 0 without"
            + " result",
            source -> source.integers(s -> s.measurement().cells())),
    PORES("pores", "angstrom", "the structure as JSON, as 'nanohooke statics' reads it",
            source -> source.texts(s -> s.geometry().pores())),
    IMAGE_DESIGNED("image_designed", "1", "the structure before relaxation; see the attribute 'pixel_order'",
            source -> source.images(s -> s.geometry().image())),
    IMAGE_RELAXED("image_relaxed", "1", "the relaxed structure, the network's input; see the attribute 'pixel_order';"
            + " all zero where there is none",
            source -> source.images(s -> s.measurement().image()));

    static final String PIXEL_ORDER = "one bit per pixel, 1 solid, 0 pore; rows from the top (largest y), columns from"
            + " the left; bit column % 8, least significant first, of byte column / 8 of the row";

    private final String label;
    private final String units;
    private final String description;
    private final Function<Columns.Source, Object> values;

    Column(String label, String units, String description, Function<Columns.Source, Object> values) {
        this.label = label;
        this.units = units;
        this.description = description;
        this.values = values;
    }

    /** The whole column as an array. */
    Object of(Columns.Source source) {
        return values.apply(source);
    }

    /** Whether an array is one of this column's kind: files may be written by other programs. */
    boolean holds(Object array) {
        return of(new Columns.Source(null, List.of())).getClass().isInstance(array);
    }

    /** The name in files. */
    String label() {
        return label;
    }

    /** "1" for plain numbers, empty for text. */
    String units() {
        return units;
    }

    String description() {
        return description;
    }

    boolean isCell() {
        return this == CELL_BEFORE || this == CELL_AFTER;
    }

    /**
     * What stands for the column in files of an earlier schema that lacks it.
     *
     * @param indices of the samples
     * @param kind    the dataset's only one
     */
    Optional<Object> unrecorded(String schema, long[] indices, String kind) {
        if (isCell() && schema.equals(TableFile.WITHOUT_CELLS)) {
            return Optional.of(Stream.generate(Sample.Measurement::noCell).limit(indices.length)
                    .toArray(double[][][]::new));
        }
        if (this == SOURCE && !schema.equals(TableFile.SCHEMA)) {
            return Optional.of(Stream.generate(() -> kind).limit(indices.length).toArray(String[]::new));
        }
        return this == SOURCE_INDEX && !schema.equals(TableFile.SCHEMA) ? Optional.of(indices) : Optional.empty();
    }

    boolean isImage() {
        return this == IMAGE_DESIGNED || this == IMAGE_RELAXED;
    }

    private static double[] constants(Sample.Measurement measurement) {
        if (!measurement.hasTensor()) {
            double[] unknown = new double[ElasticConstants.COUNT];
            Arrays.fill(unknown, Double.NaN);
            return unknown;
        }
        return ElasticConstants.of(ElasticTensor.of(rows(measurement.tensor())));
    }

    private static double[][] rows(double[] tensor) {
        double[][] rows = new double[6][];
        for (int i = 0; i < 6; i++) {
            rows[i] = Arrays.copyOfRange(tensor, 6 * i, 6 * i + 6);
        }
        return rows;
    }

    /** Names of the entries along the second dimension, where they have names. */
    List<String> entryNames() {
        return this == CONSTANTS ? ElasticConstants.names() : List.of();
    }
}
