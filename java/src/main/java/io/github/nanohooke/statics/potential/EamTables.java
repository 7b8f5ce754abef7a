// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import java.util.List;

/**
 * The tabulated functions of an embedded-atom potential, E = sum F(rho_i) + 1/2 sum phi(r_ij), rho_i = sum rho(r_ij)
 * (Daw and Baskes, Phys. Rev. B 29, 6443, 1984), as LAMMPS' pair styles {@code eam}, {@code eam/alloy} and
 * {@code eam/fs} read them from a file. Lengths in Å, energies in eV; first knots at 0.
 */
public final class EamTables {
    private final EamStyle style;
    private final List<String> elements;
    private final List<Double> masses;
    private final Grid grid;
    private final double[][] embeddings;
    private final double[][][] densities;
    private final double[][] products;
    private final boolean regular;

    /**
     * What all tables of a file share.
     *
     * @param densities       knots of an embedding function
     * @param densitySpacing  their distance
     * @param distances       knots of a function of distance
     * @param distanceSpacing their distance [Å]
     * @param cutoff          distance beyond which nothing acts [Å]
     */
    record Grid(int densities, double densitySpacing, int distances, double distanceSpacing, double cutoff) {
    }

    /**
     * @param embeddings F by element [eV]
     * @param densities  rho by element that feels it and element that makes it; one alone where it is the maker's only
     * @param products   r phi by pair of elements, (0,0) (1,0) (1,1) ... [eV Å]
     * @param regular    whether LAMMPS reads the file as it stands, see {@link #regular()}
     */
    EamTables(EamStyle style, List<String> elements, List<Double> masses, Grid grid, double[][] embeddings,
            double[][][] densities, double[][] products, boolean regular) {
        this.style = style;
        this.elements = List.copyOf(elements);
        this.masses = List.copyOf(masses);
        this.grid = grid;
        this.embeddings = embeddings;
        this.densities = densities;
        this.products = products;
        this.regular = regular;
    }

    public EamStyle style() {
        return style;
    }

    /** In the file's order. */
    public List<String> elements() {
        return elements;
    }

    /** One per element [g/mol]. */
    public List<Double> masses() {
        return masses;
    }

    /** Of the pair terms [Å]. */
    public double cutoff() {
        return grid.cutoff();
    }

    /**
     * Whether every LAMMPS reads the file as it stands. Some releases take no Fortran exponents, cut lines at 1023
     * characters, and write a word too many at a table's end behind the table: those get {@link #canonicalText()}.
     */
    public boolean regular() {
        return regular;
    }

    /** The same tables as a file of the same style in the plainest form, every number exact. */
    public String canonicalText() {
        return EamText.of(this);
    }

    /** The functions between atoms of one element, which is in the file. */
    public EamFunctions of(String element) {
        int e = elements.indexOf(element);
        double[] density = densities[e][densities[e].length == 1 ? 0 : e];
        double[] product = products[e * (e + 1) / 2 + e];
        EamFunctions functions = new EamFunctions(grid.densitySpacing(), embeddings[e], grid.distanceSpacing(), density,
                product, grid.cutoff(), masses.get(e));
        return style == EamStyle.EAM ? functions.fromCharges() : functions;
    }

    Grid grid() {
        return grid;
    }

    double[] embedding(int element) {
        return embeddings[element];
    }

    double[][] densities(int element) {
        return densities[element];
    }

    double[][] products() {
        return products;
    }
}
