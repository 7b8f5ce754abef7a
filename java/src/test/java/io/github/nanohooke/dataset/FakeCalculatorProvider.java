// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Atoms;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Offers {@link FakeCalculator} as {@code fake}. */
public final class FakeCalculatorProvider implements ElasticCalculatorProvider {

    @Override
    public String method() {
        return "fake";
    }

    @Override
    public String description() {
        return "a stiffness that falls with porosity, for tests of the dataset's machinery";
    }

    @Override
    public Availability availability() {
        return new Availability(true, Map.of("version", "1", "library", "/somewhere/libfake.so"), List.of(), "");
    }

    @Override
    public Optional<String> refusal(Atoms atoms, StaticsOptions options) {
        return Optional.of("it is made up, for tests that ask for it by name");
    }

    @Override
    public double cost() {
        return Double.MAX_VALUE;
    }

    @Override
    public ElasticCalculator open() {
        return new FakeCalculator();
    }
}
