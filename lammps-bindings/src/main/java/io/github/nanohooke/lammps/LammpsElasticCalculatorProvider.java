// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Atoms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Offers the method {@code lammps} to {@link io.github.nanohooke.statics.ElasticCalculators}. */
public final class LammpsElasticCalculatorProvider implements ElasticCalculatorProvider {
    @Override
    public String method() {
        return LammpsElasticCalculator.METHOD;
    }

    @Override
    public String description() {
        return "LAMMPS in this process: relaxation by CG and FIRE, then stress differences with relaxed atoms";
    }

    @Override
    public Availability availability() {
        LammpsLibrary.Search search = LammpsLibrary.locate();
        List<String> rejected = search.candidates().stream()
                .filter(candidate -> candidate.rejection().isPresent())
                .map(LammpsLibrary.Candidate::toString)
                .toList();
        Map<String, String> facts = new LinkedHashMap<>();
        search.library().ifPresent(library -> {
            facts.put("library", library.toString());
            facts.put("version", version(library));
            facts.put("packages", String.join(" ", library.packages()));
            facts.put("MPI", library.hasMpi() ? "yes" : "no");
            facts.put("exceptions", library.hasExceptions() ? "its own" : "none: errors are caught by the bindings");
        });
        return new Availability(search.library().isPresent(), facts, rejected,
                search.library().isPresent() ? "" : LammpsLibrary.remedy());
    }

    @Override
    public Optional<String> objection(StaticsOptions options) {
        return LammpsElasticCalculator.objection(options);
    }

    @Override
    public Optional<String> refusal(Atoms atoms, StaticsOptions options) {
        return Optional.empty();
    }

    @Override
    public double cost() {
        return 10;
    }

    // LAMMPS tells its version only through an instance; where one is open, it has told.
    private static String version(LammpsLibrary library) {
        if (library.knownVersion() == 0) {
            Lammps.open().close();
        }
        return String.valueOf(library.knownVersion());
    }

    @Override
    public ElasticCalculator open() {
        LammpsLibrary.load();
        return new LammpsElasticCalculator();
    }
}
