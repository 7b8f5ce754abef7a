// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Pore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * As after a spinodal decomposition (Cahn, J. Chem. Phys. 42, 93, 1965): pores where a Gaussian random field of nearly
 * one wavelength is above a threshold. Waves are periodic with the box; some fields are stretched along an axis.
 */
final class Spinodals implements Family {
    private static final double LONGEST = 1.3;
    private static final double SHORTEST = 6;
    private static final double BAND = 0.2;
    private static final double STRETCH = 1.6;

    /** A wave: whole numbers along x and y, and amplitudes. */
    private record Wave(int h, int k, double cos, double sin) {
    }

    @Override
    public String id() {
        return "spinodals";
    }

    @Override
    public long code() {
        return 15;
    }

    @Override
    public String description() {
        return "pores where a random field of nearly one wavelength is above a threshold";
    }

    @Override
    public double lowest() {
        return 2;
    }

    @Override
    public double highest() {
        return 65;
    }

    @Override
    public Map<String, Object> parameters() {
        return new TreeMap<>(Map.of("longestWave", LONGEST, "shortestWave", SHORTEST, "band", BAND, "stretch",
                STRETCH));
    }

    @Override
    public List<Pore> pores(SplitMix64 random, double target, CrystalBlock box) {
        double waves = random.nextLogUniform(LONGEST, SHORTEST);
        double stretch = random.nextDouble() < 0.5 ? 1 : random.nextLogUniform(1 / STRETCH, STRETCH);
        double band = Math.max(0.45, BAND * waves);
        int most = (int) Math.ceil((waves + band) * STRETCH);
        List<Wave> field = new ArrayList<>();
        for (int h = 0; h <= most; h++) {
            for (int k = h == 0 ? 1 : -most; k <= most; k++) {
                if (Math.abs(Math.sqrt(h * h * stretch * stretch + k * k / stretch / stretch) - waves) < band) {
                    field.add(new Wave(h, k, random.nextGaussian(), random.nextGaussian()));
                }
            }
        }
        if (field.isEmpty()) {
            return List.of();
        }
        return FieldFamily.highest((x, y) -> {
            double sum = 0;
            for (Wave wave : field) {
                double phase = 2 * Math.PI * (wave.h * x / box.lx() + wave.k * y / box.ly());
                sum += wave.cos * StrictMath.cos(phase) + wave.sin * StrictMath.sin(phase);
            }
            return sum;
        }, target, box);
    }
}
