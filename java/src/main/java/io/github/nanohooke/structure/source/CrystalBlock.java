// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.ColumnGrid;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.Polygon;
import io.github.nanohooke.structure.Pore;
import io.github.nanohooke.structure.Rectangle;
import java.util.List;

/** The crystal that pores are cut into. */
record CrystalBlock(Lattice lattice, Cells cells) {

    /** Edge along x [Å]. */
    double lx() {
        return lattice.constant() * cells.x();
    }

    /** Edge along y [Å]. */
    double ly() {
        return lattice.constant() * cells.y();
    }

    /** The shorter edge [Å]. */
    double edge() {
        return Math.min(lx(), ly());
    }

    /** The same pores, those that lie outside of the box moved into it by whole periods. */
    List<Pore> within(List<Pore> pores) {
        return pores.stream().map(pore -> moved(pore, period(pore.bounds()[0], pore.bounds()[1], lx()),
                period(pore.bounds()[2], pore.bounds()[3], ly()))).toList();
    }

    private static double period(double low, double high, double edge) {
        return high > 0 && low < edge ? 0 : -edge * Math.floor(low / edge);
    }

    private static Pore moved(Pore pore, double dx, double dy) {
        if (dx == 0 && dy == 0) {
            return pore;
        }
        if (pore instanceof Circle c) {
            return new Circle(c.cx() + dx, c.cy() + dy, c.radius());
        }
        if (pore instanceof Rectangle r) {
            return new Rectangle(r.xmin() + dx, r.xmax() + dx, r.ymin() + dy, r.ymax() + dy);
        }
        return Polygon.of(((Polygon) pore).vertices().stream().map(v -> new double[] {v.x() + dx, v.y() + dy})
                .toList());
    }

    ColumnGrid cut(List<? extends Pore> pores) {
        return ColumnGrid.of(lattice, cells, pores);
    }
}
