// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import io.github.nanohooke.statics.potential.EamTables.Grid;
import io.github.nanohooke.structure.Elements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * The one reader of embedded-atom files, line by line as LAMMPS' {@code PairEAM}, {@code PairEAMAlloy} and
 * {@code PairEAMFS} read them, except that numbers left over behind the tables refuse the file: it is then of another
 * style, or its tables are shifted.
 *
 * <p>funcfl: a comment; {@code Z mass a lattice}; {@code nrho drho nr dr cutoff}; F, Z(r), rho. setfl: three comments;
 * {@code n element...}; {@code nrho drho nr dr cutoff}; for each element {@code Z mass a lattice}, F and rho (eam/fs: n
 * of them); then r phi for each pair.
 */
final class EamReader {
    /** Longest plausible table: a count beyond it is a misread header, and would not fit the memory. */
    private static final int MOST_KNOTS = 10_000_000;
    /**
     * Spacings of distances up to the cutoff: with more of them one of the two is damaged, and neither LAMMPS nor our
     * kernels can count them.
     */
    private static final double MOST_SPACINGS = 1e9;
    private static final int GRID = 5;
    /** Lines before the tables of a funcfl file. */
    private static final int FUNCFL_HEADER = 3;

    private final PotentialFile file;
    private final boolean forced;
    private final TableLines lines;

    private EamReader(PotentialFile file, boolean forced) {
        this.file = file;
        this.forced = forced;
        this.lines = new TableLines(file.name(), file.bytes());
    }

    /**
     * @param style forced; empty where the content tells
     * @throws PotentialException when the file is none of these, is cut off or goes on behind its tables
     */
    static EamTables read(PotentialFile file, Optional<EamStyle> style) {
        if (style.isPresent()) {
            return new EamReader(file, true).read(style.get());
        }
        if (!hasSetflHeader(file)) {
            EamReader funcfl = new EamReader(file, false);
            try {
                return funcfl.read(EamStyle.EAM);
            } catch (PotentialException e) {
                throw funcfl.lines.line() > FUNCFL_HEADER ? e : new PotentialException("potential file " + file.name()
                        + " is neither an eam/alloy or eam/fs (setfl) nor an eam (funcfl) file: the former have the"
                        + " number of elements and their names in line 4; for the latter " + e.getMessage(), e);
            }
        }
        // Only what follows the first element's tables tells eam/fs from eam/alloy: the one that fits is it.
        EamReader alloy = new EamReader(file, false);
        try {
            return alloy.read(EamStyle.ALLOY);
        } catch (PotentialException notAlloy) {
            EamReader fs = new EamReader(file, false);
            try {
                return fs.read(EamStyle.FS);
            } catch (PotentialException notFs) {
                // The reading that got farther is the one whose complaint helps.
                throw fs.lines.line() > alloy.lines.line() ? notFs : notAlloy;
            }
        }
    }

    private static boolean hasSetflHeader(PotentialFile file) {
        TableLines lines = new TableLines(file.name(), file.bytes());
        try {
            for (int k = 0; k < 3; k++) {
                lines.raw();
            }
            List<String> names = lines.words(2, "the elements");
            return names.get(0).matches("\\+?[0-9]+") && !names.get(1).matches("[+-]?\\.?[0-9].*");
        } catch (PotentialException e) {
            return false;
        }
    }

    private EamTables read(EamStyle style) {
        requireMetalUnits(lines.raw());
        return style == EamStyle.EAM ? funcfl() : setfl(style);
    }

    private EamTables funcfl() {
        List<String> element = lines.words(2, "atomic number and mass");
        int number = lines.count(element.get(0), "the atomic number");
        if (number > Elements.symbols().size()) {
            throw lines.fail("no element has the atomic number " + number);
        }
        double mass = lines.positive(element.get(1), "the mass");
        Grid grid = grid(lines.words(GRID, "the sizes of the tables"));
        double[][] embedding = {lines.table(grid.densities(), "the embedding function")};
        double[][] charge = {lines.table(grid.distances(), "the effective charge")};
        double[][][] density = {{lines.table(grid.distances(), "the density function")}};
        requireEnd(EamStyle.EAM, 0);
        return new EamTables(EamStyle.EAM, List.of(Elements.symbols().get(number - 1)), List.of(mass), grid, embedding,
                density, charge, lines.regular());
    }

    private EamTables setfl(EamStyle style) {
        lines.raw();
        lines.raw();
        List<String> words = lines.words(1, "the elements");
        int count = lines.count(words.get(0),
                "the number of elements, first word of an eam/alloy (setfl) file's line 4,");
        List<String> elements = List.copyOf(words.subList(1, words.size()));
        if (elements.size() != count) {
            throw lines.fail("the number of elements is " + count + ", but " + elements.size() + " names follow");
        }
        List<String> sizes = lines.words(GRID, "the sizes of the tables");
        Grid grid = grid(sizes);
        List<Double> masses = new ArrayList<>();
        double[][] embeddings = new double[count][];
        double[][][] densities = new double[count][style == EamStyle.FS ? count : 1][];
        for (int e = 0; e < count; e++) {
            List<String> head = lines.words(2, "atomic number and mass of " + elements.get(e));
            if (!head.get(0).matches("[+-]?[0-9]+")) {
                throw lines.fail("'" + head.get(0) + "' is no atomic number, where the tables of " + elements.get(e)
                        + " should begin: the tables before it are longer than line 5 says");
            }
            masses.add(lines.positive(head.get(1), "the mass of " + elements.get(e)));
            embeddings[e] = lines.table(grid.densities(), "the embedding function of " + elements.get(e));
            for (int k = 0; k < densities[e].length; k++) {
                densities[e][k] = lines.table(grid.distances(), "a density function of " + elements.get(e));
            }
        }
        double[][] products = new double[count * (count + 1) / 2][];
        for (int i = 0, pair = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                products[pair++] = lines.table(grid.distances(),
                        "r phi of " + elements.get(i) + " and " + elements.get(j));
            }
        }
        requireEnd(style, 2L * grid.distances() * products.length);
        if (style == EamStyle.FS && !forced && sizes.size() > GRID) {
            throw new PotentialException("potential file " + file.name()
                    + " gives six sizes of tables and has a density"
                    + " function for each pair: it is an eam/he file; give --pair-style eam/he");
        }
        return new EamTables(style, elements, masses, grid, embeddings, densities, products, lines.regular());
    }

    private Grid grid(List<String> words) {
        Grid grid = new Grid(knots(words.get(0), "the number of densities"),
                lines.positive(words.get(1), "the spacing of densities"),
                knots(words.get(2), "the number of distances"),
                lines.positive(words.get(3), "the spacing of distances"), lines.positive(words.get(4), "the cutoff"));
        if (!(grid.cutoff() / grid.distanceSpacing() < MOST_SPACINGS)) {
            throw lines.fail("the spacing of distances, '" + words.get(3) + "', is not even a billionth of the cutoff,"
                    + " '" + words.get(4) + "'");
        }
        return grid;
    }

    private int knots(String word, String what) {
        int knots = lines.count(word, what);
        if (knots > MOST_KNOTS) {
            throw lines.fail(what + " is " + knots + ", more than the " + MOST_KNOTS + " that make sense");
        }
        return knots;
    }

    private void requireEnd(EamStyle style, long angular) {
        int behind = lines.line();
        int left = lines.numbersLeft();
        if (left == 0) {
            return;
        }
        String kind = left == angular
                ? "it is an ADP file; give --pair-style adp"
                : "it is a file of another style (--pair-style says which, LAMMPS reads it then), or its tables are"
                        + " longer than its header says";
        throw new PotentialException("potential file " + file.name() + ": " + left + " numbers are left over behind"
                + " the tables of pair_style " + style.pairStyle() + ", which end at line " + behind + ": " + kind);
    }

    // As LAMMPS does: "UNITS: name" anywhere in the first line.
    private void requireMetalUnits(String first) {
        StringTokenizer words = new StringTokenizer(first);
        while (words.hasMoreTokens()) {
            if (words.nextToken().equals("UNITS:") && words.hasMoreTokens()) {
                String units = words.nextToken();
                if (!units.equals("metal")) {
                    throw lines.fail("the file is in LAMMPS' units " + units + "; convert it to metal (eV, Å)");
                }
            }
        }
    }
}
