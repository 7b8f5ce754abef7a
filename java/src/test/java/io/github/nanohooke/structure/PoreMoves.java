// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/** Moves of pores under which a periodic square box looks the same. */
final class PoreMoves {

    private PoreMoves() {
    }

    /** Moved by (dx, dy), then by whole box edges so that its lower corner lies in the box or just below. */
    static Pore translated(Pore pore, double dx, double dy, double edge) {
        double[] b = pore.bounds();
        double mx = (b[0] + b[1]) / 2 + dx;
        double my = (b[2] + b[3]) / 2 + dy;
        double tx = dx - edge * Math.floor(mx / edge);
        double ty = dy - edge * Math.floor(my / edge);
        if (pore instanceof Circle c) {
            return new Circle(c.cx() + tx, c.cy() + ty, c.radius());
        }
        if (pore instanceof Rectangle r) {
            return new Rectangle(r.xmin() + tx, r.xmax() + tx, r.ymin() + ty, r.ymax() + ty);
        }
        return new Polygon(((Polygon) pore).vertices().stream()
                .map(v -> new Polygon.Vertex(v.x() + tx, v.y() + ty)).toList());
    }

    /** (x, y) to (edge - y, x): a quarter turn about the middle of the box, which is one about every cell corner. */
    static Pore quarterTurn(Pore pore, double edge) {
        if (pore instanceof Circle c) {
            return new Circle(edge - c.cy(), c.cx(), c.radius());
        }
        if (pore instanceof Rectangle r) {
            return new Rectangle(edge - r.ymax(), edge - r.ymin(), r.xmin(), r.xmax());
        }
        return new Polygon(((Polygon) pore).vertices().stream()
                .map(v -> new Polygon.Vertex(edge - v.y(), v.x())).toList());
    }
}
