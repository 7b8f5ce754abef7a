// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.GrantedCores;
import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.surrogate.predict.SurrogateOptions;
import io.github.nanohooke.surrogate.train.RunOptions;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What computes a network: options of every command that trains or uses one. */
public final class BackendSettings {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--backend", paramLabel = "NAME", defaultValue = "cpu",
            description = "What computes the network; 'nanohooke info' lists them; 'auto' takes the first of cuda, "
                    + "cpu, openblas that runs here, and says why (default: ${DEFAULT-VALUE}).")
    private String backend;

    @Option(names = {"--engine", "--instruction-set"}, paramLabel = "NAME", defaultValue = "auto",
            description = "Engine or instruction set of the backend that must be used; 'nanohooke info' lists "
                    + "them, for example fft and cudnn of the backend cuda (default: ${DEFAULT-VALUE}, the fastest).")
    private String engine;

    @Option(names = "--device", paramLabel = "DEVICE", defaultValue = "auto",
            description = "The backend's device that must be used (default: ${DEFAULT-VALUE}, the best).")
    private String device;

    @Option(names = "--precision", paramLabel = "NAME", defaultValue = "fp32", converter = PrecisionConverter.class,
            description = "How products are rounded: fp32, tf32 or bf16, where the backend has it "
                    + "(default: ${DEFAULT-VALUE}).")
    private Precision precision;

    @Option(names = "--threads", paramLabel = "N",
            description = "Threads, on which results do not depend (default: SLURM_CPUS_PER_TASK, or the number of "
                    + "cores).")
    private Integer threads;

    public String backend() {
        return backend;
    }

    /** @throws ParameterException when it is not positive */
    public int threads() {
        if (threads != null && threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be at least 1, got " + threads);
        }
        return GrantedCores.or(threads);
    }

    public SurrogateOptions surrogate() {
        return BadUsageException.checked(() -> SurrogateOptions.defaults().withBackend(backend)
                .withInstructionSet(engine).withDevice(device).withPrecision(precision).withThreads(threads()));
    }

    public RunOptions training() {
        return RunOptions.threads(threads()).withInstructionSet(engine).withDevice(device)
                .withPrecision(precision);
    }

    /** Names of precisions as users write them. */
    static final class PrecisionConverter implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String value) {
            try {
                return Precision.labelled(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
