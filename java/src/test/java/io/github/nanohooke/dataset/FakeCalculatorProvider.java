// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import java.util.List;
import java.util.Map;

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
    public ElasticCalculator open() {
        return new FakeCalculator();
    }
}
