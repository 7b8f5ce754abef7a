// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import static io.github.nanohooke.natives.global.nanohooke.NH_CANCELLED;
import static io.github.nanohooke.natives.global.nanohooke.NH_OK;
import static io.github.nanohooke.natives.global.nanohooke.nh_crystal_create;
import static io.github.nanohooke.natives.global.nanohooke.nh_crystal_free;
import static io.github.nanohooke.natives.global.nanohooke.nh_crystal_get;
import static io.github.nanohooke.natives.global.nanohooke.nh_eam_free;
import static io.github.nanohooke.natives.global.nanohooke.nh_eam_load;
import static io.github.nanohooke.natives.global.nanohooke.nh_last_error;
import static io.github.nanohooke.natives.global.nanohooke.nh_statics_calculate;
import static io.github.nanohooke.natives.global.nanohooke.nh_statics_defaults;

import io.github.nanohooke.natives.nh_crystal;
import io.github.nanohooke.natives.nh_eam;
import io.github.nanohooke.natives.nh_statics_options;
import io.github.nanohooke.natives.nh_statics_result;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tensors from exact second derivatives of an embedded-atom potential: a quasi-Newton relaxation of atoms and cell,
 * then C = Born term - mixed term · Hessian⁻¹ · mixed term, without a single strained relaxation. One element,
 * eam/alloy potentials.
 */
public final class HessianElasticCalculator implements ElasticCalculator {
    static final String METHOD = "hessian";

    private final HessianSettings settings;
    private final AtomicBoolean closed = new AtomicBoolean();
    private nh_eam eam;
    private String eamKey;

    /** With the documented default of every setting. */
    public HessianElasticCalculator() {
        this(HessianSettings.defaults());
    }

    public HessianElasticCalculator(HessianSettings settings) {
        NativeKernels.require();
        this.settings = settings;
    }

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress) {
        if (closed.get()) {
            throw new IllegalStateException("this calculator is closed; open another one");
        }
        load(options.potential(), start);
        nh_crystal crystal = create(start);
        nh_crystal minimum = new nh_crystal();
        try (nh_statics_options request = settings.toNative(options);
                nh_statics_result answer = new nh_statics_result();
                HessianProgress listener = new HessianProgress(progress)) {
            int status = nh_statics_calculate(crystal, request, listener, null, answer, minimum);
            listener.rethrow();
            if (status == NH_CANCELLED) {
                throw new CancellationException("the calculation was stopped");
            }
            check(status);
            return HessianResults.toResult(answer, start, relaxed(start, answer, minimum));
        } finally {
            nh_crystal_free(minimum);
            nh_crystal_free(crystal);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            freePotential();
        }
    }

    private void load(Potential potential, Atoms atoms) {
        SetflFile file = potential.setfl().orElseThrow(() -> new PotentialException("the method hessian needs an "
                + "eam/alloy file, not pair style '" + potential.pairStyle() + "'; use --method lammps for others"));
        if (atoms.elements().size() != 1) {
            throw new PotentialException("the method hessian is for one element, these atoms have "
                    + atoms.elements() + "; use --method lammps");
        }
        file.requireElements(atoms.elements());
        String element = atoms.elements().get(0);
        String key = file.sha256() + element;
        if (!key.equals(eamKey)) {
            freePotential();
            nh_eam loaded = new nh_eam();
            check(nh_eam_load(file.path().toString(), element, loaded));
            eam = loaded;
            eamKey = key;
        }
    }

    private void freePotential() {
        if (eam != null) {
            nh_eam_free(eam);
            eam = null;
            eamKey = null;
        }
    }

    private nh_crystal create(Atoms atoms) {
        Box box = atoms.box();
        double[] edges = {box.lx(), box.ly(), box.lz(), box.xy(), box.xz(), box.yz()};
        nh_crystal crystal = new nh_crystal();
        check(nh_crystal_create(eam, atoms.count(), atoms.positions(), edges, crystal));
        return crystal;
    }

    private static Atoms relaxed(Atoms start, nh_statics_result answer, nh_crystal minimum) {
        int count = answer.atoms();
        double[] positions = new double[3 * count];
        double[] edges = new double[6];
        check(nh_crystal_get(minimum, positions, edges, new int[count]));
        Box box = new Box(edges[0], edges[1], edges[2], edges[3], edges[4], edges[5]);
        return Atoms.of(start.elements().get(0), box, positions);
    }

    private static void check(int status) {
        if (status != NH_OK) {
            throw new StaticsException("hessian: " + nh_last_error().getString());
        }
    }
}
