// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.ArrayList;
import java.util.List;

/**
 * A pore with straight edges; it may be concave but must not touch or cross itself.
 *
 * @param vertices the corners in order, either way round, the first not repeated at the end; at least 3
 */
public record Polygon(List<Vertex> vertices) implements Pore {

    /** Relative; far above the rounding of a cross product, far below any pore worth cutting. */
    private static final double ROUNDING = 1e-12;

    /**
     * A corner.
     *
     * @param x [Å]
     * @param y [Å]
     */
    public record Vertex(double x, double y) {
    }

    /**
     * @throws StructureException when there are fewer than 3 vertices, a number is not finite, two vertices coincide,
     *                            the area is zero, or the outline touches or crosses itself
     */
    public Polygon {
        vertices = List.copyOf(vertices);
        requireVertices(vertices);
        requireSimple(vertices);
    }

    /** From corners {@code {x, y}} [Å]. */
    public static Polygon of(List<double[]> corners) {
        List<Vertex> vertices = new ArrayList<>(corners.size());
        for (double[] corner : corners) {
            if (corner.length != 2) {
                throw new StructureException("vertex " + vertices.size() + " of a polygon must be two numbers, x and y,"
                        + " got " + corner.length);
            }
            vertices.add(new Vertex(corner[0], corner[1]));
        }
        return new Polygon(vertices);
    }

    /** From corners {@code {x, y}} [Å]. */
    public static Polygon of(double[]... corners) {
        return of(List.of(corners));
    }

    @Override
    public boolean contains(double x, double y, double tolerance) {
        boolean inside = false;
        for (int i = 0, j = vertices.size() - 1; i < vertices.size(); j = i++) {
            Vertex p = vertices.get(j);
            Vertex q = vertices.get(i);
            if (squaredDistance(p, q, x, y) <= tolerance * tolerance) {
                return true;
            }
            // Even-odd rule: count the edges that a ray towards +x crosses; half-open in y, so that a ray through
            // a corner counts once.
            if (p.y > y != q.y > y && x < p.x + (y - p.y) / (q.y - p.y) * (q.x - p.x)) {
                inside = !inside;
            }
        }
        return inside;
    }

    @Override
    public double[] bounds() {
        double[] b = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (Vertex v : vertices) {
            b[0] = Math.min(b[0], v.x);
            b[1] = Math.max(b[1], v.x);
            b[2] = Math.min(b[2], v.y);
            b[3] = Math.max(b[3], v.y);
        }
        return b;
    }

    @Override
    public double area() {
        Vertex origin = vertices.get(0);
        double twice = 0;
        for (int i = 1; i + 1 < vertices.size(); i++) {
            twice += cross(origin, vertices.get(i), vertices.get(i + 1));
        }
        return Math.abs(twice) / 2;
    }

    /** Not by the area: that of a figure of eight is zero too, and its fault is another. */
    private static boolean onOneLine(List<Vertex> vertices) {
        Vertex origin = vertices.get(0);
        Vertex farthest = origin;
        for (Vertex v : vertices) {
            if (Math.hypot(v.x - origin.x, v.y - origin.y)
                    > Math.hypot(farthest.x - origin.x, farthest.y - origin.y)) {
                farthest = v;
            }
        }
        double length = Math.hypot(farthest.x - origin.x, farthest.y - origin.y);
        for (Vertex v : vertices) {
            if (Math.abs(cross(origin, farthest, v)) > ROUNDING * length * length) {
                return false;
            }
        }
        return true;
    }

    private static void requireVertices(List<Vertex> vertices) {
        int n = vertices.size();
        if (n < 3) {
            throw new StructureException("a polygon needs at least 3 vertices, got " + n);
        }
        for (int i = 0; i < n; i++) {
            Vertex v = vertices.get(i);
            if (!Double.isFinite(v.x) || !Double.isFinite(v.y)) {
                throw new StructureException("vertex " + i + " of a polygon must be two finite numbers, got " + v.x
                        + ", " + v.y);
            }
            int next = (i + 1) % n;
            if (v.equals(vertices.get(next))) {
                throw new StructureException("vertices " + i + " and " + next + " of a polygon coincide at " + v.x
                        + ", " + v.y + "; give each corner once, the outline closes by itself");
            }
        }
        if (onOneLine(vertices)) {
            throw new StructureException("a polygon must enclose an area, but its " + n + " vertices lie on a line");
        }
    }

    private static void requireSimple(List<Vertex> vertices) {
        int n = vertices.size();
        for (int i = 0; i < n; i++) {
            Vertex p = vertices.get(i);
            Vertex q = vertices.get((i + 1) % n);
            Vertex r = vertices.get((i + 2) % n);
            // Neighbouring edges share a corner by construction; they may only not fold back on each other.
            boolean bad = cross(p, q, r) == 0 && (q.x - p.x) * (r.x - q.x) + (q.y - p.y) * (r.y - q.y) < 0;
            int other = i + 1;
            for (int j = i + 2; !bad && j < n - (i == 0 ? 1 : 0); j++) {
                bad = touch(p, q, vertices.get(j), vertices.get((j + 1) % n));
                other = j;
            }
            if (bad) {
                throw new StructureException("a polygon must not touch or cross itself, but its edges " + i + " and "
                        + other % n + " do (edge i runs from vertex i to the next); order the vertices along the"
                        + " outline");
            }
        }
    }

    /** Whether the segments pq and rs have a point in common. */
    private static boolean touch(Vertex p, Vertex q, Vertex r, Vertex s) {
        double pqr = cross(p, q, r);
        double pqs = cross(p, q, s);
        double rsp = cross(r, s, p);
        double rsq = cross(r, s, q);
        if (pqr * pqs < 0 && rsp * rsq < 0) {
            return true;
        }
        return pqr == 0 && between(p, q, r) || pqs == 0 && between(p, q, s)
                || rsp == 0 && between(r, s, p) || rsq == 0 && between(r, s, q);
    }

    private static boolean between(Vertex p, Vertex q, Vertex onLine) {
        return Math.min(p.x, q.x) <= onLine.x && onLine.x <= Math.max(p.x, q.x)
                && Math.min(p.y, q.y) <= onLine.y && onLine.y <= Math.max(p.y, q.y);
    }

    private static double cross(Vertex p, Vertex q, Vertex r) {
        return (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x);
    }

    private static double squaredDistance(Vertex p, Vertex q, double x, double y) {
        double ex = q.x - p.x;
        double ey = q.y - p.y;
        double along = ((x - p.x) * ex + (y - p.y) * ey) / (ex * ex + ey * ey);
        double t = Math.max(0, Math.min(1, along));
        double dx = p.x + t * ex - x;
        double dy = p.y + t * ey - y;
        return dx * dx + dy * dy;
    }
}
