// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.statics.TensorSource;
import io.github.nanohooke.statics.UncertainTensor;
import java.util.List;
import java.util.Optional;

/**
 * What the pores of the most loaded point mean to a part: how its force changes with every pixel of the picture of that
 * point's structure. For sources of tensors that are differentiable.
 *
 * @param point       number of the point, element by element
 * @param share       of the force that this point bears
 * @param resolution  pixels along an edge of the picture
 * @param derivatives [row * resolution + column], of the force by a pixel's value, 1 solid and 0 pore [N/m]
 */
public record PixelForces(int point, double share, int resolution, double[] derivatives) {

    /**
     * Of a part that was bent.
     *
     * @param tensors of all points, from this source
     * @return empty where the source is not differentiable
     * @throws io.github.nanohooke.NanohookeException as {@link TensorSource#tensors} does
     */
    public static Optional<PixelForces> of(GradedCantilever part, GradedCantilever.Result result, TensorSource source,
            List<UncertainTensor> tensors) {
        return source.jacobian().map(jacobian -> {
            ForceSensitivity sensitivity = result.sensitivity();
            int point = sensitivity.mostLoaded(tensors);
            double share = sensitivity.change(point, tensors.get(point).tensor()) / result.force();
            double[][] constants = jacobian.of(part.structures().get(point).atoms());
            return new PixelForces(point, share, jacobian.resolution(), sensitivity.pixels(point, constants));
        });
    }
}
