// SPDX-License-Identifier: GPL-2.0-only

/** LAMMPS' C library in Java, and the calculator that runs it. */
@SuppressWarnings("requires-automatic") // EJML has no descriptors
module io.github.nanohooke.lammps {
    requires ejml.core;
    requires ejml.ddense;
    requires transitive io.github.nanohooke;
    requires io.github.nanohooke.natives;
    requires transitive org.bytedeco.javacpp;
    requires org.slf4j;

    exports io.github.nanohooke.lammps;
    exports io.github.nanohooke.lammps.raw;

    provides io.github.nanohooke.statics.ElasticCalculatorProvider with
            io.github.nanohooke.lammps.LammpsElasticCalculatorProvider;
}
