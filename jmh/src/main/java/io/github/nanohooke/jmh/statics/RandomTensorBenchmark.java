// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.comparison.RowJournal;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.RecordCsv;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.hessian.HessianElasticCalculator;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.RandomStructures.Sample;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Timeout;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Elastic tensors of random structures at 5 to 80 % porosity by the fast method, by our LAMMPS route at its default
 * tolerance, and by plain LAMMPS at tight tolerance.
 *
 * <p>A measured iteration is one shot at one structure, the next of {@link StratifiedStructures}; {@code -i} says how
 * many. Every shot is a row in {@link #folder}, and each method's last iteration compares what is there: a shot whose
 * tensor is not the fast method's is told apart by its reason and has no part in the ratio. Where both are in one
 * minimum and differ all the same, LAMMPS judges the fast one's tensor at finer strains, untimed. Plain LAMMPS costs up
 * to minutes a structure, so that it is usually run on a part of the list:
 *
 * <pre>
 * nanohooke bench RandomTensorBenchmark -p method=hessian,lammps -i 100
 * nanohooke bench RandomTensorBenchmark -p method=plain -p every=5 -i 20
 * </pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 100)
@Timeout(time = 2, timeUnit = TimeUnit.HOURS)
@Fork(value = 1, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0"})
public class RandomTensorBenchmark {
    static final String FAST = "hessian";
    private static final String PLAIN = "plain";
    private static final List<String> METHODS = List.of(FAST, "lammps", PLAIN);
    /** LAMMPS' ftol of a user who wants converged tensors, for one cell along z and for more [eV/Å]. */
    private static final double TIGHT_ONE = 1e-8;
    private static final double TIGHT_MORE = 1e-7;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The fast method, our LAMMPS route, or {@link PlainLammps}. */
    @Param({FAST, "lammps", PLAIN})
    public String method;

    /** Lattice cells along z that the LAMMPS routes are given. The fast method is given one and certifies it. */
    @Param({"1"})
    public int cellsAlongZ;

    /** Takes every so-many-th structure of the list. */
    @Param({"1"})
    public int every;

    /** Which random structures. */
    @Param({"2026"})
    public long seed;

    /** Where rows, table and summary go, below the folder in which JMH was started. */
    @Param({"random-tensors"})
    public String folder;

    private StratifiedStructures structures;
    private HessianElasticCalculator hessian;
    private ElasticCalculator calculator;
    private RowJournal<TensorRow> journal;
    private int measured;
    private int position;
    private boolean counts;
    private Sample sample;
    private Atoms atoms;
    private TensorRow row;

    /** Opens the calculators outside of the measurement. */
    @Setup
    public void open(BenchmarkParams params) throws IOException {
        structures = new StratifiedStructures(seed);
        structures.get(every * (params.getMeasurement().getCount() - 1));
        hessian = new HessianElasticCalculator();
        calculator = method.equals(PLAIN) ? null : ElasticCalculators.open(method);
        Files.createDirectories(Path.of(folder));
        journal = journal(method);
    }

    private RowJournal<TensorRow> journal(String name) throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of("method", name, "seed", Long.toString(seed)));
        if (!name.equals(FAST)) {
            settings.put("cells along z", Integer.toString(cellsAlongZ));
        }
        return RowJournal.open(journalFile(name), settings, TensorRow.class, TensorRow::position);
    }

    /** Another number of cells is another measurement, with a file of its own. */
    private Path journalFile(String name) {
        return Path.of(folder, name + (name.equals(FAST) ? "" : "-nz" + cellsAlongZ) + ".journal");
    }

    /** Goes on to the next structure; warming up is done on the first. */
    @Setup(Level.Iteration)
    public void next(IterationParams iteration) {
        counts = iteration.getType() == IterationType.MEASUREMENT;
        position = counts ? every * measured++ : 0;
        sample = structures.get(position);
        PorousStructure flat = sample.structure();
        atoms = new PorousStructure(flat.lattice(), new Cells(flat.cells().x(), flat.cells().y(), cells()),
                flat.pores()).atoms();
    }

    private int cells() {
        return method.equals(FAST) ? 1 : cellsAlongZ;
    }

    /** From the unrelaxed lattice to its tensor. */
    @Benchmark
    public StaticsResult tensor() {
        long wall = System.nanoTime();
        long cpu = THREADS.getCurrentThreadCpuTime();
        StaticsResult result = calculator == null
                ? new PlainLammps(Potential.mishin1999(), cellsAlongZ == 1 ? TIGHT_ONE : TIGHT_MORE, PlainLammps.STRAIN)
                        .calculate(atoms)
                : calculator.calculate(atoms, Timed.STATICS, StaticsProgress.SILENT);
        row = TensorRow.of(position, sample, cells(), result, 1e-9 * (System.nanoTime() - wall),
                1e-9 * (THREADS.getCurrentThreadCpuTime() - cpu));
        return result;
    }

    /** Keeps the shot. */
    @TearDown(Level.Iteration)
    public void keep() throws IOException {
        if (counts) {
            boolean stable = hessian.hasStableHessian(sample.structure().atoms(), Timed.STATICS);
            journal.append(row.withStartStable(stable));
        }
    }

    /** Compares what all methods have left in the folder so far. */
    @TearDown
    public void compare() throws IOException {
        if (calculator != null) {
            calculator.close();
        }
        journal.close();
        Map<String, List<TensorRow>> rows = new TreeMap<>();
        for (String name : METHODS) {
            if (Files.exists(journalFile(name))) {
                try (RowJournal<TensorRow> there = journal(name)) {
                    rows.put(name, there.rows());
                }
            }
        }
        RandomTensorSummary summary;
        try {
            summary = new RandomTensorSummary(rows, confirmations(rows));
        } finally {
            hessian.close();
        }
        AtomicFile.writeText(Path.of(folder, "random-tensors.csv"),
                RecordCsv.of(RandomTensorSummary.Line.class, summary.lines()));
        AtomicFile.writeText(Path.of(folder, "random-tensors.txt"), summary.toString());
        System.out.println();
        System.out.println(summary);
        if (!summary.wrong().isEmpty()) {
            throw new IllegalStateException(summary.wrong().size() + " wrong results, their times mean nothing; see "
                    + Path.of(folder, "random-tensors.csv"));
        }
    }

    /** LAMMPS' word on what differs for no other reason; it is not asked twice. */
    private List<Confirmation> confirmations(Map<String, List<TensorRow>> rows) throws IOException {
        try (RowJournal<Confirmation> there = RowJournal.open(Path.of(folder, "confirmations.journal"),
                Map.of("seed", Long.toString(seed)), Confirmation.class, Confirmation::position)) {
            List<Long> open = new RandomTensorSummary(rows, there.rows()).unconfirmed();
            if (!open.isEmpty()) {
                try (ElasticCalculator judge = ElasticCalculators.open("lammps")) {
                    for (long place : open) {
                        Atoms start = structures.get((int) place).structure().atoms();
                        StaticsResult fast = hessian.calculate(start, Timed.STATICS,
                                StaticsProgress.SILENT);
                        there.append(Confirmation.of(place, fast, judge));
                    }
                }
            }
            return there.rows();
        }
    }
}
