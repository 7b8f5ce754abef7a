// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.PointStrains;
import io.github.nanohooke.statics.PixelJacobian;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;

/**
 * How the force at a boundary that is moved answers to changes of the tensors at the integration points. To first order
 * it changes by the sum over the points of E:dC:E V / d, with the strain E of the state, the volume V that a point
 * stands for, and the displacement d: the energy that the changes add, over half the displacement.
 */
public final class ForceSensitivity {
    private final List<double[]> strains = new ArrayList<>();
    private final List<Double> volumes = new ArrayList<>();
    private final double displacement;

    /**
     * Standard deviations of the force [N/m, or nN in space]; NaN where those of a tensor are not known.
     *
     * @param independent errors of the tensors know nothing of each other, those of one tensor's entries neither
     * @param common      all err alike and as bad as can be
     */
    public record Band(double independent, double common) {
    }

    private ForceSensitivity(double displacement) {
        this.displacement = displacement;
    }

    /**
     * Of a state.
     *
     * @param displacements of its nodes
     * @param displacement  of the boundary, in the direction of the force [nm]; all others are held or free
     */
    public static ForceSensitivity of(Problem problem, double[] displacements, double displacement) {
        ForceSensitivity sensitivity = new ForceSensitivity(displacement);
        PointStrains.visit(problem, displacements, (element, point, strain, volume) -> {
            sensitivity.strains.add(strain.clone());
            sensitivity.volumes.add(volume);
        });
        return sensitivity;
    }

    /** Number of points, element by element. */
    public int points() {
        return strains.size();
    }

    /** What the force changes by where the tensor of a point changes by {@code change} [GPa]. */
    public double change(int point, ElasticTensor change) {
        double sum = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = i; j < 6; j++) {
                sum += factor(point, i, j) * change.get(i, j);
            }
        }
        return sum;
    }

    /**
     * The point that bears the most of the force: the one whose tensor, were it gone, would take the most of it away.
     */
    public int mostLoaded(List<UncertainTensor> tensors) {
        int most = 0;
        for (int point = 1; point < points(); point++) {
            if (change(point, tensors.get(point).tensor()) > change(most, tensors.get(most).tensor())) {
                most = point;
            }
        }
        return most;
    }

    /**
     * What the force changes by with the value of each pixel of the picture of a point's structure.
     *
     * @param constants derivatives of that structure's constants, as {@link PixelJacobian#of} gives them
     * @return [row * resolution + column], in the unit of the force
     */
    public double[] pixels(int point, double[][] constants) {
        double[] sum = new double[constants[0].length];
        for (int k = 0; k < constants.length; k++) {
            double[] unit = new double[constants.length];
            unit[k] = 1;
            double factor = change(point, ElasticConstants.toTensor(unit));
            for (int pixel = 0; pixel < sum.length; pixel++) {
                sum[pixel] += factor * constants[k][pixel];
            }
        }
        return sum;
    }

    /** What errors of all points' tensors make of the force. */
    public Band band(List<UncertainTensor> tensors) {
        double squares = 0;
        double sum = 0;
        for (int point = 0; point < points(); point++) {
            if (tensors.get(point).deviation().isEmpty()) {
                return new Band(Double.NaN, Double.NaN);
            }
            ElasticTensor deviation = tensors.get(point).deviation().get();
            for (int i = 0; i < 6; i++) {
                for (int j = i; j < 6; j++) {
                    double part = factor(point, i, j) * deviation.get(i, j);
                    squares += part * part;
                    sum += Math.abs(part);
                }
            }
        }
        return new Band(Math.sqrt(squares), sum);
    }

    private double factor(int point, int i, int j) {
        double[] e = strains.get(point);
        return (i == j ? 1 : 2) * e[i] * e[j] * volumes.get(point) / displacement;
    }
}
