// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.nn.NetworkException;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Precision;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.cuda.CudaBackend;
import io.github.nanohooke.nn.cuda.StandIns;
import io.github.nanohooke.nn.suite.OperationCase;
import java.util.List;
import org.bytedeco.cuda.cudnn.cudnnContext;
import org.bytedeco.cuda.global.cudnn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The engine {@code cudnn} on stand-ins for NVIDIA's libraries: what it chooses, and what happens when a call fails.
 */
class CudnnFaultsTest {
    static {
        StandIns.load();
    }

    private static final OperationCase CASE = OperationCase.parse(
            "1x12x10 conv4p3 relu pool dense5 relu dense2 batch=3");
    private static final CudaBackend BACKEND = new CudaBackend();

    @AfterEach
    void nothingIsLeft() {
        StandIns.failAt(0);
        assertThat(StandIns.live()).as("handles and descriptors of cuDNN and cuBLAS").isZero();
    }

    private static SessionOptions options(Precision precision) {
        return SessionOptions.training(CASE.batch()).withInstructionSet("cudnn").withPrecision(precision);
    }

    private static float[] stepped(Precision precision) {
        try (NetworkSession session = BACKEND.open(CASE.definition(), options(precision))) {
            session.setParameters(CASE.parameters());
            session.trainStep(CASE.images(), CASE.results(2), 1e-3f);
            session.trainStep(CASE.images(), CASE.results(2), 1e-3f);
            return session.parameters();
        }
    }

    @Test
    void everyCallThatFailsIsAClearErrorOrPassedOverAndLeavesNothing() {
        float[] undisturbed = stepped(Precision.FP32);
        long before = StandIns.calls();
        stepped(Precision.FP32);
        long calls = StandIns.calls() - before;
        assertThat(calls).isGreaterThan(100);
        int errors = 0;
        for (long call = 1; call <= calls; call++) {
            StandIns.failAt(call);
            try {
                assertThat(stepped(Precision.FP32)).as("call %d", call).isEqualTo(undisturbed);
            } catch (NetworkException e) {
                errors++;
                assertThat(e).as("call %d", call).hasMessageContaining("backend cuda")
                        .hasMessageMatching("(?s).*(cudnn|cublas)[A-Z]\\w+.*(CUDNN|CUBLAS)_STATUS_.*");
            }
            StandIns.failAt(0);
            assertThat(StandIns.live()).as("left after call %d", call).isZero();
        }
        assertThat(errors).as("most calls are needed").isGreaterThan((int) calls / 3);
        assertThat(stepped(Precision.FP32)).isEqualTo(undisturbed);
    }

    @Test
    void aTrainingGoesOnToTheBitAfterAFault() {
        float[] undisturbed = stepped(Precision.FP32);
        try (NetworkSession session = BACKEND.open(CASE.definition(), options(Precision.FP32))) {
            session.setParameters(CASE.parameters());
            session.trainStep(CASE.images(), CASE.results(2), 1e-3f);
            float[] parameters = session.parameters();
            StandIns.failAt(2);
            assertThatThrownBy(() -> session.trainStep(CASE.images(), CASE.results(2), 1e-3f))
                    .isInstanceOf(NetworkException.class);
            try (NetworkSession other = BACKEND.open(CASE.definition(), options(Precision.FP32))) {
                other.setParameters(parameters);
                other.setAdamState(session.adamState());
                other.trainStep(CASE.images(), CASE.results(2), 1e-3f);
                assertThat(other.parameters()).isEqualTo(undisturbed);
            }
        }
    }

    @Test
    void theNotesOfAnEngineDecideWhetherAPrecisionMayUseIt() {
        assertThat(table(Precision.FP32)).extracting(Candidate::outcome)
                .contains("not in fp32: tensor core", "not in fp32: nondeterministic", "chosen")
                .anyMatch(outcome -> outcome.startsWith("CUDNN_STATUS_NOT_SUPPORTED"))
                .anyMatch(outcome -> outcome.startsWith("workspace above the limit"))
                .anyMatch(outcome -> outcome.matches("fails: .*CUDNN_STATUS_EXECUTION_FAILED.*"));
        assertThat(table(Precision.TF32)).extracting(Candidate::outcome)
                .contains("not in tf32: nondeterministic").doesNotContain("not in tf32: tensor core");
    }

    private static List<Candidate> table(Precision precision) {
        cudnnContext handle = new cudnnContext();
        Calls.cudnn("cudnnCreate", cudnn.cudnnCreate(handle));
        CudnnLibraries libraries = CudnnLibraries.load();
        // A name of its own, so that nothing is remembered from before.
        String device = "for one table in " + precision;
        try (Workbench bench = new Workbench(0, libraries.addresses());
                Plan plan = new PlanFinder(device, libraries.versions(), handle, bench, Long.MAX_VALUE,
                        Long.MAX_VALUE).find(
                        new ConvolutionProblem(ConvolutionProblem.Operation.FORWARD, 2, 1, 3, 4, 12, 10, precision),
                        true)) {
            assertThat(plan.table()).hasSize(12);
            assertThat(plan.candidate().microseconds()).isPositive();
            return plan.table();
        } finally {
            Calls.cudnn("cudnnDestroy", cudnn.cudnnDestroy(handle));
        }
    }

    @Test
    void lowerPrecisionsAreNearAndSaySo() {
        float[] exact = stepped(Precision.FP32);
        for (Precision precision : List.of(Precision.TF32, Precision.BF16)) {
            float[] results = stepped(precision);
            double worst = 0;
            for (int i = 0; i < exact.length; i++) {
                worst = Math.max(worst, Math.abs(results[i] - exact[i]));
            }
            // Two steps of Adam move a parameter by 1e-3 each at most, whatever the gradient.
            assertThat(worst).as(precision.label()).isLessThan(4.1e-3).isPositive();
            try (NetworkSession session = BACKEND.open(CASE.definition(), options(precision))) {
                assertThat(session.measurements()).hasSize(3).allMatch(line -> line.startsWith("convolution 1 "));
                assertThat(session.numerics()).startsWith("cuda cudnn " + precision.label() + " (cuDNN 9.19.0, cuBLAS "
                        + "13.1.0, plans ");
            }
        }
    }

    @Test
    void resultsOfLowerPrecisionsHaveTheirError() {
        float[] exact = forward(Precision.FP32);
        assertThat(error(exact, forward(Precision.BF16))).isBetween(1e-5, 3e-2);
        assertThat(error(exact, forward(Precision.TF32))).isBetween(1e-7, 3e-3);
    }

    @Test
    void aLargeInferenceGoesInPieces() {
        OperationCase large = OperationCase.parse("1x8x8 conv3p2 relu pool dense3 batch=300");
        float[] results = new float[300 * 3];
        float[] expected = new float[300 * 3];
        try (NetworkSession session = BACKEND.open(large.definition(),
                SessionOptions.inference(300).withInstructionSet("cudnn"));
                NetworkSession fft = BACKEND.open(large.definition(),
                        SessionOptions.inference(300).withInstructionSet("fft"))) {
            session.setParameters(large.parameters());
            fft.setParameters(large.parameters());
            session.forward(large.images(), results);
            fft.forward(large.images(), expected);
        }
        assertThat(error(expected, results)).isLessThan(1e-5);
    }

    private static float[] forward(Precision precision) {
        float[] results = new float[CASE.batch() * CASE.definition().outputs()];
        try (NetworkSession session = BACKEND.open(CASE.definition(), options(precision))) {
            session.setParameters(CASE.parameters());
            session.forward(CASE.images(), results);
        }
        return results;
    }

    private static double error(float[] expected, float[] actual) {
        double worst = 0;
        double scale = 0;
        for (int i = 0; i < expected.length; i++) {
            worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
            scale = Math.max(scale, Math.abs(expected[i]));
        }
        return worst / scale;
    }
}
