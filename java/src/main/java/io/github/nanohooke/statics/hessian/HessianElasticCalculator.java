// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static io.github.nanohooke.natives.global.nanohooke.NH_BLOCK_AXIAL;
import static io.github.nanohooke.natives.global.nanohooke.NH_BLOCK_FULL;
import static io.github.nanohooke.natives.global.nanohooke.NH_BLOCK_IN_PLANE;
import static io.github.nanohooke.natives.global.nanohooke.NH_CANCELLED;
import static io.github.nanohooke.natives.global.nanohooke.NH_CELLS_AUTO;
import static io.github.nanohooke.natives.global.nanohooke.NH_CELLS_ONE;
import static io.github.nanohooke.natives.global.nanohooke.NH_CELLS_THREE;
import static io.github.nanohooke.natives.global.nanohooke.NH_OK;
import static io.github.nanohooke.natives.global.nanohooke.nh_crystal_create;
import static io.github.nanohooke.natives.global.nanohooke.nh_crystal_free;
import static io.github.nanohooke.natives.global.nanohooke.nh_crystal_get;
import static io.github.nanohooke.natives.global.nanohooke.nh_last_error;
import static io.github.nanohooke.natives.global.nanohooke.nh_statics_calculate;
import static io.github.nanohooke.natives.global.nanohooke.nh_statics_defaults;
import static io.github.nanohooke.natives.global.nanohooke.nh_statics_relax;
import static io.github.nanohooke.natives.global.nanohooke.nh_statics_tensor;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.natives.nh_crystal;
import io.github.nanohooke.natives.nh_statics_options;
import io.github.nanohooke.natives.nh_statics_result;
import io.github.nanohooke.statics.Clock;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.LeftTheStart;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsOptions.Minimiser;
import io.github.nanohooke.statics.StaticsOptions.Periods;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.statics.TableAverage;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialFile;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.atoms.PlausibleAtoms;
import io.github.nanohooke.structure.RestrictedFrame;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tensors from exact second derivatives of an embedded-atom potential: a quasi-Newton relaxation of atoms and cell,
 * then C = Born term - mixed term · Hessian⁻¹ · mixed term, without a single strained relaxation. One element,
 * eam, eam/alloy and eam/fs potentials.
 *
 * <p>A stack of three equal cells along z, the paper's boxes, is calculated as one cell wherever the k_z = 1/3
 * certificate holds, and as three where it fails.
 */
public final class HessianElasticCalculator implements ElasticCalculator {
    static final String METHOD = "hessian";

    private static final Logger LOG = LoggerFactory.getLogger(HessianElasticCalculator.class);

    /** The paper's number of cells along z: a stack of so many equal ones is calculated as one and certified. */
    private static final int STACK = 3;

    private final AtomicBoolean closed = new AtomicBoolean();
    private final String method;
    /** What was asked for; null: whatever the memory that a factor takes suggests. */
    private final Solver asked;
    private EamHandle eam;
    private String eamKey;

    /** @throws MissingLibraryException when the native library could not be loaded */
    public HessianElasticCalculator() {
        this(METHOD, null);
    }

    HessianElasticCalculator(String method, Solver asked) {
        NativeKernels.require();
        this.method = method;
        this.asked = asked;
    }

    /** A descent that was asked for by name is another method's: this one has its own. */
    static Optional<String> objection(StaticsOptions options) {
        return options.minimiser() == Minimiser.CG_FIRE ? Optional.empty()
                : Optional.of("exact second derivatives have a descent of their own: --minimiser " + options.minimiser()
                        + " is the method lammps'");
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress) {
        open(start, options);
        Optional<StackedCells> stack = options.periods().startsWithOne() ? StackedCells.of(start, STACK)
                : Optional.empty();
        if (stack.isEmpty()) {
            return calculateAsGiven(start, options, progress);
        }
        StaticsResult one = calculateAsGiven(stack.get().one(), options, progress);
        boolean sameAtoms = one.relaxed().count() == stack.get().one().count();
        return sameAtoms ? one.of(start.cell(), stack.get().stack(one.relaxed()), STACK * one.energy())
                : one.of(start.cell(), one.relaxed(), one.energy());
    }

    private StaticsResult calculateAsGiven(Atoms start, StaticsOptions options, StaticsProgress progress) {
        RestrictedFrame frame = RestrictedFrame.reduced(start.cell());
        Clock clock = new Clock();
        return LeftTheStart.judged(start, descend(start, options, progress,
                (crystal, request, answer, minimum) ->
                        nh_statics_calculate(crystal, request, HessianProgress.callback(), null, answer, minimum),
                (answer, relaxed) -> HessianResults.toResult(method, answer,
                        frame.returnFrom(box(answer), answer.cells()), start.cell(), relaxed, options, clock)));
    }

    @Override
    public Relaxation relax(Atoms start, StaticsOptions options, StaticsProgress progress) {
        open(start, options);
        Clock clock = new Clock();
        return descend(start, options, progress, (crystal, request, answer, minimum) ->
                nh_statics_relax(crystal, request, HessianProgress.callback(), null, answer, minimum),
                (answer, relaxed) -> HessianResults.toRelaxation(answer, relaxed, options, clock));
    }

    /**
     * Whether the Hessian of the atoms where they are is positive definite. Where that of an unrelaxed structure is
     * not, there are several ways down, and the minimum depends on the path.
     *
     * @throws StaticsException when the kernel refuses the atoms
     */
    public boolean hasStableHessian(Atoms atoms, StaticsOptions options) {
        open(atoms, options);
        nh_crystal crystal = create(atoms);
        try (nh_statics_options request = request(atoms, options); nh_statics_result answer = new nh_statics_result()) {
            check(nh_statics_tensor(crystal, request, answer));
            int block = answer.failed_block();
            return block != NH_BLOCK_IN_PLANE && block != NH_BLOCK_AXIAL && block != NH_BLOCK_FULL;
        } finally {
            nh_crystal_free(crystal);
        }
    }

    /** The kernel's two routes down, which take the same arguments. */
    @FunctionalInterface
    private interface Route {
        int run(nh_crystal crystal, nh_statics_options request, nh_statics_result answer, nh_crystal minimum);
    }

    private <T> T descend(Atoms start, StaticsOptions options, StaticsProgress progress, Route route,
            BiFunction<nh_statics_result, Atoms, T> toResult) {
        nh_crystal crystal = create(start);
        nh_crystal minimum = new nh_crystal();
        try (nh_statics_options request = request(start, options);
                nh_statics_result answer = new nh_statics_result();
                HessianProgress listener = new HessianProgress(progress)) {
            int status = route.run(crystal, request, answer, minimum);
            listener.rethrow();
            if (status == NH_CANCELLED) {
                throw new CancellationException("the calculation was stopped");
            }
            check(status);
            return toResult.apply(answer, relaxed(start, answer, minimum));
        } finally {
            nh_crystal_free(minimum);
            nh_crystal_free(crystal);
        }
    }

    private nh_statics_options request(Atoms atoms, StaticsOptions options) {
        nh_statics_options request = new nh_statics_options();
        nh_statics_defaults(request);
        request.force_tolerance(options.forceTolerance());
        request.stress_tolerance(options.stressTolerance());
        // Each step of the gentle phase and each iteration evaluates once at least.
        request.fire_max_steps(Math.min(request.fire_max_steps(), options.maxEvaluations()));
        request.max_iterations(Math.min(request.max_iterations(), options.maxEvaluations()));
        request.cells(switch (options.periods()) {
            case AUTO -> NH_CELLS_AUTO;
            case ONE, CERTIFIED -> NH_CELLS_ONE;
            case THREE -> NH_CELLS_THREE;
        });
        request.drop_islands(options.dropIslands() ? 1 : 0);
        request.seed(options.seed());
        Solver solver = solver(atoms, options.periods());
        request.solver(solver.code());
        request.three_cell_solver(threeCellSolver(atoms, options.periods(), solver).code());
        request.table_average(options.tables() == StaticsOptions.Tables.SHARP ? 0 : TableAverage.WINDOW);
        return request;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            freePotential();
        }
    }

    private void open(Atoms atoms, StaticsOptions options) {
        if (closed.get()) {
            throw new IllegalStateException("this calculator is closed; open another one");
        }
        PlausibleAtoms.require(atoms);
        load(options.potential(), atoms);
        KernelMemory.shortage(atoms, options.periods(), asked).ifPresent(reason -> {
            throw new EnvironmentFaultException("the method " + method + " cannot calculate this here: " + reason);
        });
    }

    private Solver solver(Atoms atoms, Periods periods) {
        Solver solver = asked != null ? asked : KernelMemory.solver(atoms, periods);
        if (solver == Solver.ITERATIVE) {
            LOG.info("{}", KernelMemory.reason(atoms, periods));
        }
        return solver;
    }

    private Solver threeCellSolver(Atoms atoms, Periods periods, Solver one) {
        if (asked == Solver.DIRECT) {
            return asked;
        }
        KernelMemory.threeCellShortage(atoms, periods).ifPresent(shortage -> LOG.warn("{}", shortage));
        Solver three = KernelMemory.threeCellSolver(atoms, periods, one);
        if (three != one) {
            LOG.info("{}", KernelMemory.threeCellReason(atoms, periods));
        }
        return three;
    }

    private void load(Potential potential, Atoms atoms) {
        String key = potential.pairStyle() + potential.file().map(PotentialFile::sha256).orElse("") + atoms.elements();
        if (!key.equals(eamKey)) {
            EamHandle loaded = EamHandle.of(potential, atoms);
            freePotential();
            eam = loaded;
            eamKey = key;
        }
    }

    private void freePotential() {
        if (eam != null) {
            eam.close();
            eam = null;
            eamKey = null;
        }
    }

    /** The atoms as the kernel wants them: in LAMMPS' restricted frame. */
    private nh_crystal create(Atoms atoms) {
        RestrictedFrame frame = RestrictedFrame.reduced(atoms.cell());
        Box box = frame.box();
        double[] edges = {box.lx(), box.ly(), box.lz(), box.xy(), box.xz(), box.yz()};
        nh_crystal crystal = new nh_crystal();
        check(nh_crystal_create(eam.get(), atoms.count(), frame.enter(atoms.positions()), edges, crystal));
        return crystal;
    }

    private static Box box(nh_statics_result answer) {
        return new Box(answer.box(0), answer.box(1), answer.box(2), answer.box(3), answer.box(4), answer.box(5));
    }

    /** The minimum in the axes of the atoms that were given. */
    private static Atoms relaxed(Atoms start, nh_statics_result answer, nh_crystal minimum) {
        int count = answer.atoms();
        double[] positions = new double[3 * count];
        check(nh_crystal_get(minimum, positions, new double[6], new int[count]));
        RestrictedFrame frame = RestrictedFrame.reduced(start.cell());
        return Atoms.of(start.elements().get(0), frame.leave(box(answer), answer.cells()),
                frame.leave(positions, box(answer), answer.cells()));
    }

    private static void check(int status) {
        if (status != NH_OK) {
            throw NativeKernels.failure(status, METHOD + ": " + nh_last_error().getString());
        }
    }
}
