// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.model;

import io.github.nanohooke.fem.FemException;
import java.util.List;

/**
 * A change of displacements and loads, made evenly. Each of its lists names an axis of a set once; what it does not name
 * stays as it was.
 *
 * @param name          for results
 * @param increments    states to solve for, evenly spaced; more are put between them where one does not converge
 * @param displacements reached at the end
 * @param forces        reached at the end
 * @param tractions     reached at the end
 */
public record Step(String name, int increments, List<Displacement> displacements, List<Force> forces,
        List<Traction> tractions) {

    public Step {
        if (increments < 1) {
            throw new FemException("step \"" + name + "\": increments must be at least 1, got " + increments);
        }
        displacements = List.copyOf(displacements);
        forces = List.copyOf(forces);
        tractions = List.copyOf(tractions);
    }

    /** A step of displacements alone. */
    public static Step of(String name, int increments, Displacement... displacements) {
        return new Step(name, increments, List.of(displacements), List.of(), List.of());
    }
}
