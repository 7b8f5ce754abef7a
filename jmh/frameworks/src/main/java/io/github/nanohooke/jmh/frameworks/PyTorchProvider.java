// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.frameworks;

import io.github.nanohooke.jmh.network.NetworkEngine;
import io.github.nanohooke.jmh.network.NetworkWorkload;

/** PyTorch in its forms. */
public abstract class PyTorchProvider implements NetworkEngine.Provider {
    private final String name;
    private final PyTorchEngine.Form form;

    PyTorchProvider(String name, PyTorchEngine.Form form) {
        this.name = name;
        this.form = form;
    }

    /** What a PyTorch user writes who knows that oneDNN wants its padding done before. */
    public static final class Direct extends PyTorchProvider {
        public Direct() {
            super("pytorch", PyTorchEngine.Form.DIRECT);
        }
    }

    /** What PyTorch's own compilers make of that for inference. */
    public static final class Prepacked extends PyTorchProvider {
        public Prepacked() {
            super("pytorch-prepacked", PyTorchEngine.Form.PREPACKED);
        }
    }

    /** What a PyTorch user writes who knows the convolution theorem. */
    public static final class Spectral extends PyTorchProvider {
        public Spectral() {
            super("pytorch-rfft2", PyTorchEngine.Form.SPECTRAL);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean trains() {
        return form.trains();
    }

    @Override
    public NetworkEngine open(NetworkWorkload workload, int threads, boolean training) {
        return new PyTorchEngine(form, workload, threads, training);
    }
}
