// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class HorizonTest {
    private double left = 100;

    /** Epochs of so many seconds until the horizon is reached. @return how many */
    private int train(Horizon horizon, double setUp, IntToDoubleFunction seconds) {
        left -= setUp;
        horizon.begin();
        int done = 0;
        do {
            left -= seconds.applyAsDouble(done);
            done++;
        } while (horizon.applyAsInt(done) > done);
        return done;
    }

    @Test
    void theSetUpAndAFirstEpochThatWarmsUpAreNoEpochs() {
        Horizon horizon = new Horizon(() -> left, 2000);
        int done = train(horizon, 20, epoch -> epoch == 0 ? 5 : 0.5);
        assertThat(done).as("of 1 and 150").isBetween(148, 151);
        assertThat(horizon.epochSeconds()).isCloseTo(0.5, within(1e-9));
        assertThat(left).as("of epochs of half a second").isBetween(0.0, 1.0);
    }

    /** On a machine that becomes busy the end comes nearer, and the training comes to it. */
    @Test
    void itFollowsWhatBecomesSlower() {
        Horizon horizon = new Horizon(() -> left, 2000);
        int done = train(horizon, 0, epoch -> epoch < 100 ? 0.2 : 0.4 + 0.1 * (epoch % 3));
        assertThat(left).isBetween(0.0, 1.5);
        assertThat(horizon.inAll()).isEqualTo(done).isBetween(240, 270);
    }

    @Test
    void thereAreNoMoreThanAreWanted() {
        assertThat(train(new Horizon(() -> left, 7), 1, epoch -> 0.1)).isEqualTo(7);
    }

    @Test
    void anEpochThatTakesAllTheTimeIsTheOnlyOne() {
        assertThat(train(new Horizon(() -> left, 7), 1, epoch -> 98)).isEqualTo(1);
    }
}
