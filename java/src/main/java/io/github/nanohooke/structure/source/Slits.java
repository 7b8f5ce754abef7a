// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.random.SplitMix64;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleFunction;

/**
 * One to three slits, upright or oblique, apart, parallel or crossing, that leave a ligament or go through the cell
 * and on for ever: a solid that is cut along one direction, or along all of the plane. Porosity comes from their
 * width.
 */
final class Slits implements Family {
    /** Share of slits that go through. */
    private static final double THROUGH = 0.12;
    private static final double OBLIQUE = 0.3;
    private static final double THINNEST_LIGAMENT = 3;
    private static final double THICKEST_LIGAMENT = 50;
    private static final double WIDEST = 0.8;

    @Override
    public String id() {
        return "slits";
    }

    @Override
    public long code() {
        return 14;
    }

    @Override
    public String description() {
        return "slits and crossing slits, up to and including those that cut the cell";
    }

    @Override
    public double lowest() {
        return 0.5;
    }

    @Override
    public double highest() {
        return 75;
    }

    @Override
    public boolean mayCut() {
        return true;
    }

    @Override
    public Map<String, Object> parameters() {
        return new TreeMap<>(Map.of("through", THROUGH, "oblique", OBLIQUE, "thinnestLigament", THINNEST_LIGAMENT,
                "thickestLigament", THICKEST_LIGAMENT));
    }

    @Override
    public List<Pore> pores(SplitMix64 random, double target, CrystalBlock box) {
        int count = random.nextInt(1, 3);
        boolean parallel = random.nextDouble() < 0.4;
        boolean oblique = random.nextDouble() < OBLIQUE;
        boolean alongX = random.nextDouble() < 0.5;
        double angle = random.nextDouble(0, Math.PI);
        List<DoubleFunction<List<Pore>>> slits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean through = random.nextDouble() < THROUGH;
            double share = random.nextDouble(0.5, 1.5) / count;
            double x = random.nextDouble(0, box.lx());
            double y = random.nextDouble(0, box.ly());
            boolean turned = !parallel && i % 2 == 1;
            slits.add(oblique
                    ? through ? diagonal(x, y, share, turned == alongX, box)
                            : tilted(random, x, y, share, turned ? angle + Math.PI / 2 : angle, box)
                    : upright(random, x, y, share, turned != alongX, through, box));
        }
        return Growth.to(target, WIDEST * box.edge(), width -> {
            List<Pore> pores = new ArrayList<>();
            slits.forEach(slit -> pores.addAll(slit.apply(width)));
            return pores;
        }, box);
    }

    private static DoubleFunction<List<Pore>> upright(SplitMix64 random, double x, double y, double share,
            boolean alongX, boolean through, CrystalBlock box) {
        double edge = alongX ? box.lx() : box.ly();
        double thickest = Math.max(THINNEST_LIGAMENT, Math.min(THICKEST_LIGAMENT, 0.75 * edge));
        double length = through ? edge : edge - random.nextLogUniform(THINNEST_LIGAMENT, thickest);
        return width -> {
            double half = Math.min(share * width, WIDEST * box.edge()) / 2;
            return List.of(alongX ? new Rectangle(x - length / 2, x + length / 2, y - half, y + half)
                    : new Rectangle(x - half, x + half, y - length / 2, y + length / 2));
        };
    }

    /** At any angle; as long as the box allows at its width, but for the ligament. */
    private static DoubleFunction<List<Pore>> tilted(SplitMix64 random, double x, double y, double share, double angle,
            CrystalBlock box) {
        double ligament = random.nextLogUniform(THINNEST_LIGAMENT, THICKEST_LIGAMENT);
        double cos = Math.abs(StrictMath.cos(angle));
        double sin = Math.abs(StrictMath.sin(angle));
        return width -> {
            double thick = Math.min(share * width, WIDEST * box.edge() / 2);
            double length = Math.min((box.lx() - thick * sin) / cos, (box.ly() - thick * cos) / sin) - ligament;
            return List.of(Outline.box(Math.max(length, thick), thick).turned(angle).at(x, y, fits(thick, length, cos,
                    sin, box)));
        };
    }

    // A slit that has become as thick as it is long is a tilted square, which is held within the box.
    private static double fits(double thick, double length, double cos, double sin, CrystalBlock box) {
        double longer = Math.max(length, thick);
        return Math.min(1, Math.min(box.lx() / (longer * cos + thick * sin), box.ly() / (longer * sin + thick * cos)));
    }

    /** Along the cell's diagonal without end, in two pieces, for a pore is never higher than the box. */
    private static DoubleFunction<List<Pore>> diagonal(double x, double y, double share, boolean rising,
            CrystalBlock box) {
        double rise = rising ? box.ly() / 2 : -box.ly() / 2;
        return width -> {
            double half = Math.min(share * width, box.ly() / 2) / 2;
            List<Pore> pieces = new ArrayList<>();
            for (int piece = 0; piece < 2; piece++) {
                double left = x + piece * box.lx() / 2;
                double middle = y + piece * rise;
                pieces.add(new Outline(List.of(new double[] {0, -half}, new double[] {box.lx() / 2, rise - half},
                        new double[] {box.lx() / 2, rise + half}, new double[] {0, half})).at(left, middle, 1));
            }
            return pieces;
        };
    }
}
