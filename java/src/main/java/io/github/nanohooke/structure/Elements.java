// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringTokenizer;

/**
 * Chemical elements 1 (H) to 94 (Pu) with their atomic weights [g/mol].
 *
 * <p>Source: IUPAC's standard atomic weights 2021, abridged to five digits (Prohaska et al., Pure Appl. Chem. 94, 573,
 * 2022). Elements that have none carry the mass number of their longest-lived isotope: Tc, Pm, Po to Ac, Np, Pu.
 */
public final class Elements {
    private static final String TABLE = """
            H 1.008 He 4.0026 Li 6.94 Be 9.0122 B 10.81 C 12.011 N 14.007 O 15.999 F 18.998 Ne 20.180
            Na 22.990 Mg 24.305 Al 26.982 Si 28.085 P 30.974 S 32.06 Cl 35.45 Ar 39.95 K 39.098 Ca 40.078
            Sc 44.956 Ti 47.867 V 50.942 Cr 51.996 Mn 54.938 Fe 55.845 Co 58.933 Ni 58.693 Cu 63.546 Zn 65.38
            Ga 69.723 Ge 72.630 As 74.922 Se 78.971 Br 79.904 Kr 83.798 Rb 85.468 Sr 87.62 Y 88.906 Zr 91.224
            Nb 92.906 Mo 95.95 Tc 97 Ru 101.07 Rh 102.91 Pd 106.42 Ag 107.87 Cd 112.41 In 114.82 Sn 118.71
            Sb 121.76 Te 127.60 I 126.90 Xe 131.29 Cs 132.91 Ba 137.33 La 138.91 Ce 140.12 Pr 140.91 Nd 144.24
            Pm 145 Sm 150.36 Eu 151.96 Gd 157.25 Tb 158.93 Dy 162.50 Ho 164.93 Er 167.26 Tm 168.93 Yb 173.05
            Lu 174.97 Hf 178.49 Ta 180.95 W 183.84 Re 186.21 Os 190.23 Ir 192.22 Pt 195.08 Au 196.97 Hg 200.59
            Tl 204.38 Pb 207.2 Bi 208.98 Po 209 At 210 Rn 222 Fr 223 Ra 226 Ac 227 Th 232.04 Pa 231.04 U 238.03
            Np 237 Pu 244
            """;

    /** How far a mass in somebody's file may lie from the table's to count as that element. */
    private static final double MASS_TOLERANCE = 1e-3;

    private static final Map<String, Double> WEIGHTS = weights();

    private Elements() {
    }

    /** The symbols, by atomic number from 1. */
    public static List<String> symbols() {
        return new ArrayList<>(WEIGHTS.keySet());
    }

    /** Whether {@code symbol} is an element of the table; the case matters, as in Co and CO. */
    public static boolean isElement(String symbol) {
        return WEIGHTS.containsKey(symbol);
    }

    /**
     * Atomic weight [g/mol].
     *
     * @throws StructureException when the symbol is unknown
     */
    public static double mass(String symbol) {
        Double mass = WEIGHTS.get(symbol);
        if (mass == null) {
            throw new StructureException("unknown element '" + symbol + "'; give the symbol of one of the elements H to"
                    + " Pu, for example Al or Cu");
        }
        return mass;
    }

    /** The element whose weight is nearest to {@code mass} [g/mol], if it is within 0.1 %. */
    public static Optional<String> byMass(double mass) {
        return WEIGHTS.entrySet().stream()
                .filter(e -> Math.abs(mass - e.getValue()) <= MASS_TOLERANCE * e.getValue())
                .min((p, q) -> Double.compare(Math.abs(mass - p.getValue()), Math.abs(mass - q.getValue())))
                .map(Map.Entry::getKey);
    }

    private static Map<String, Double> weights() {
        Map<String, Double> weights = new LinkedHashMap<>();
        StringTokenizer tokens = new StringTokenizer(TABLE);
        while (tokens.hasMoreTokens()) {
            weights.put(tokens.nextToken(), Double.valueOf(tokens.nextToken()));
        }
        return Collections.unmodifiableMap(weights);
    }
}
