// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The paper's Table 1 on this machine: a structure's constants by statics ({@code hessian}, one core) and by a network,
 * on one core and by the backend in question, from its atoms on, the drawing of its image included. The structures are
 * those of the benchmark {@code SurrogateBenchmark}; the network's weights are random, as its time does not depend on
 * them.
 */
final class StaticsAgainstNetwork extends BundleStep {
    private static final long SEED = 2026;
    private static final int[] INDICES = {17, 12, 0, 88, 44, 29, 11, 13};
    private static final int BATCH = 32;
    private static final double SECONDS = 0.5;

    private Findings.Table table;
    private double statics;

    private StaticsAgainstNetwork(String[] arguments) {
        super("statics against the network", arguments);
    }

    public static void main(String[] arguments) {
        new StaticsAgainstNetwork(arguments).run();
    }

    @Override
    void work(Backend cuda) {
        table = findings.table("Statics against the network", "what", "structures a call", "ms a structure",
                "times as fast as statics");
        List<Atoms> structures = Arrays.stream(INDICES)
                .mapToObj(i -> RandomStructures.sample(RandomStructures.Kind.MIXED, SEED, i).atoms()).toList();
        statics(structures);
        ModelFile model = model(Workload.network(words.text("network", "periodic")));
        List<Atoms> many = Stream.generate(() -> structures).flatMap(List::stream).limit(BATCH).toList();
        double best = Double.NaN;
        for (String backend : new String[] {"cpu", cuda.name()}) {
            SurrogateOptions options = SurrogateOptions.defaults().withBackend(backend).withBatch(BATCH).withThreads(1)
                    .withInstructionSet(backend.equals(cuda.name()) ? engine : "auto");
            try (ElasticSurrogate surrogate = ElasticSurrogate.of("random weights", model, options)) {
                row("network, " + backend + ", drawn on one core", surrogate, structures.subList(0, 1));
                best = row("network, " + backend + ", drawn on one core", surrogate, many);
            }
        }
        findings.headline("statics %s ms, network by %s %s ms a structure", Findings.digits(statics), cuda.name(),
                Findings.digits(best));
    }

    /** The mean time of a structure by statics, once warm. */
    private void statics(List<Atoms> structures) {
        try (ElasticCalculator hessian = ElasticCalculators.open("hessian")) {
            StaticsOptions options = StaticsOptions.defaults();
            hessian.calculate(structures.get(0), options, StaticsProgress.SILENT);
            long begin = System.nanoTime();
            for (Atoms atoms : structures) {
                hessian.calculate(atoms, options, StaticsProgress.SILENT);
            }
            statics = (System.nanoTime() - begin) * 1e-6 / structures.size();
        }
        table.row("statics, hessian, one core", 1, Findings.digits(statics), "1");
    }

    /** @return milliseconds a structure */
    private double row(String what, ElasticSurrogate surrogate, List<Atoms> structures) {
        double[] constants = new double[structures.size() * ElasticConstants.COUNT];
        Runnable call = () -> {
            List<StructureImage> images = new ArrayList<>();
            structures.forEach(atoms -> images.add(StructureImage.of(atoms, surrogate.resolution())));
            surrogate.predict(images, constants);
        };
        call.run();
        long begin = System.nanoTime();
        int calls = 0;
        while ((System.nanoTime() - begin) * 1e-9 < SECONDS) {
            call.run();
            calls++;
        }
        double milliseconds = (System.nanoTime() - begin) * 1e-6 / calls / structures.size();
        table.row(what, structures.size(), Findings.digits(milliseconds), Findings.digits(statics / milliseconds));
        return milliseconds;
    }

    private static ModelFile model(NetworkDefinition definition) {
        OutputHead head = new OutputHead.Direct(Collections.nCopies(ElasticConstants.COUNT, 50.0), 20);
        return new ModelFile(definition, head, Initialisation.he(definition, SEED), Map.of(), Map.of());
    }
}
