// SPDX-License-Identifier: Apache-2.0

/**
 * The elasticity of nanoporous metals, from atoms to parts. What is exported is for every program; what is exported to
 * our own modules alone is how this library works inside, and may change at any time.
 */
@SuppressWarnings({"module", "requires-automatic"}) // some stand later in the build; EJML and jhdf have no descriptors
module io.github.nanohooke {
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires ejml.core;
    requires ejml.ddense;
    requires transitive io.github.nanohooke.natives;
    requires io.jhdf;
    requires transitive java.desktop;
    requires java.management;
    requires jdk.management;
    requires org.bytedeco.javacpp;
    requires org.slf4j;

    exports io.github.nanohooke;
    exports io.github.nanohooke.dataset;
    exports io.github.nanohooke.dataset.plan;
    exports io.github.nanohooke.dataset.report;
    exports io.github.nanohooke.dataset.run;
    exports io.github.nanohooke.dataset.slim;
    exports io.github.nanohooke.dataset.store;
    exports io.github.nanohooke.fem;
    exports io.github.nanohooke.fem.atoms;
    exports io.github.nanohooke.fem.beam;
    exports io.github.nanohooke.fem.beam.atoms;
    exports io.github.nanohooke.fem.io;
    exports io.github.nanohooke.fem.law;
    exports io.github.nanohooke.fem.mesh;
    exports io.github.nanohooke.fem.model;
    exports io.github.nanohooke.fem.solve;
    exports io.github.nanohooke.fem.source;
    exports io.github.nanohooke.fem.table;
    exports io.github.nanohooke.image;
    exports io.github.nanohooke.io;
    exports io.github.nanohooke.nn;
    exports io.github.nanohooke.nn.file;
    exports io.github.nanohooke.plot;
    exports io.github.nanohooke.random;
    exports io.github.nanohooke.statics;
    exports io.github.nanohooke.statics.hessian;
    exports io.github.nanohooke.statics.hyperelastic;
    exports io.github.nanohooke.statics.large;
    exports io.github.nanohooke.statics.potential;
    exports io.github.nanohooke.structure;
    exports io.github.nanohooke.structure.atoms;
    exports io.github.nanohooke.structure.file;
    exports io.github.nanohooke.structure.source;
    exports io.github.nanohooke.surrogate;
    exports io.github.nanohooke.surrogate.data;
    exports io.github.nanohooke.surrogate.evaluate;
    exports io.github.nanohooke.surrogate.model;
    exports io.github.nanohooke.surrogate.onnx;
    exports io.github.nanohooke.surrogate.predict;
    exports io.github.nanohooke.surrogate.train;
    exports io.github.nanohooke.surrogate.trust;
    exports io.github.nanohooke.tensor;

    exports io.github.nanohooke.comparison to io.github.nanohooke.cli;
    exports io.github.nanohooke.comparison.labels to io.github.nanohooke.cli;
    exports io.github.nanohooke.figures to io.github.nanohooke.cli;
    exports io.github.nanohooke.figures.paper to io.github.nanohooke.cli;
    exports io.github.nanohooke.kernels to io.github.nanohooke.lammps;

    // Records that files are made of.
    opens io.github.nanohooke.comparison to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.comparison.labels to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.dataset to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.dataset.run to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.dataset.slim to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.fem.io to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.nn to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.structure.source to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.surrogate.model to com.fasterxml.jackson.databind;
    opens io.github.nanohooke.tensor to com.fasterxml.jackson.databind;

    uses io.github.nanohooke.nn.BackendProvider;
    uses io.github.nanohooke.statics.ElasticCalculatorProvider;

    provides io.github.nanohooke.nn.BackendProvider with
            io.github.nanohooke.nn.cpu.CpuBackendProvider,
            io.github.nanohooke.nn.reference.ReferenceBackend.Provider;
    provides io.github.nanohooke.statics.ElasticCalculatorProvider with
            io.github.nanohooke.statics.hessian.HessianCalculatorProvider,
            io.github.nanohooke.statics.hessian.IterativeCalculatorProvider;
}
