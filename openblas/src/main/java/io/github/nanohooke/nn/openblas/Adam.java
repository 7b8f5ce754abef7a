// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.AdamState;

/** Adam (Kingma and Ba, arXiv 1412.6980, algorithm 1) in single precision; see NetworkSession.trainStep. */
final class Adam {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final float EPSILON = 1e-7f;

    private final float[] first;
    private final float[] second;
    private long steps;

    Adam(int parameters) {
        first = new float[parameters];
        second = new float[parameters];
    }

    void step(float[] parameters, float[] gradient, float rate) {
        steps++;
        float keep1 = (float) BETA1;
        float add1 = (float) (1 - BETA1);
        float keep2 = (float) BETA2;
        float add2 = (float) (1 - BETA2);
        float correct1 = (float) (1 / (1 - Math.pow(BETA1, steps)));
        float correct2 = (float) (1 / (1 - Math.pow(BETA2, steps)));
        for (int i = 0; i < parameters.length; i++) {
            float g = gradient[i];
            float m = keep1 * first[i] + add1 * g;
            float v = keep2 * second[i] + add2 * g * g;
            first[i] = m;
            second[i] = v;
            parameters[i] -= rate * (m * correct1) / ((float) Math.sqrt(v * correct2) + EPSILON);
        }
    }

    AdamState state() {
        return new AdamState(first.clone(), second.clone(), steps);
    }

    void set(AdamState state) {
        System.arraycopy(state.first(), 0, first, 0, first.length);
        System.arraycopy(state.second(), 0, second, 0, second.length);
        steps = state.step();
    }
}
