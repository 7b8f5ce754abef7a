// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.fem.io.StateFields;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.ContinuedPoints;
import io.github.nanohooke.fem.solve.Increment;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of a path as they are found: the one that it starts from, those that were asked for and, where it comes to
 * no end, the last one that it reached.
 */
final class FoundStates {
    private final Problem problem;
    private final boolean withFields;
    private final boolean continues;
    private final List<Found> states = new ArrayList<>();
    private Found last;

    /**
     * A state and what can be told of it at once alone, where laws have a memory.
     *
     * @param fields    null where they are not wanted, or can be had later
     * @param continued null where no law has a memory
     */
    record Found(Increment state, StateFields fields, ContinuedPoints continued) {
    }

    /** @param withFields whether strain and stress are wanted of them */
    FoundStates(Problem problem, Increment start, boolean withFields) {
        this.problem = problem;
        this.withFields = withFields;
        continues = ContinuedPoints.arePossible(problem);
        last = described(start);
        states.add(last);
    }

    void add(Increment state) {
        last = described(state);
        if (state.requested()) {
            states.add(last);
        }
    }

    /** The path goes no further: how far it came is one of its states, asked for or not. */
    void end() {
        if (states.get(states.size() - 1) != last) {
            states.add(last);
        }
    }

    private Found described(Increment state) {
        if (!continues) {
            return new Found(state, null, null);
        }
        if (!withFields) {
            return new Found(state, null, ContinuedPoints.of(problem, state.displacements()));
        }
        StateFields fields = StateFields.of(problem, state.displacements());
        return new Found(state, fields, fields.continued());
    }

    List<Found> all() {
        return states;
    }

    List<Increment> states() {
        return states.stream().map(Found::state).toList();
    }

    /** The last one that was found, asked for or not. */
    Found last() {
        return last;
    }

    /** Whether laws go on beyond their last stable state, and count the points that do. */
    boolean continues() {
        return continues;
    }

    /** Of every state the points beyond the last stable one. */
    List<Integer> continued() {
        return states.stream().map(found -> found.continued().count()).toList();
    }

    /** Of every state the points that a law's table has nothing for. */
    List<Integer> outside() {
        return states.stream().map(found -> found.continued().outside()).toList();
    }
}
