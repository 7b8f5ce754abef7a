// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    private JsonNode report(String index) throws IOException {
        Files.writeString(folder.resolve("index.tsv"), index);
        Report.write(new String[] {"--part", "check", "--steps", folder.toString(), "--out", folder.toString()});
        return new ObjectMapper().readTree(Files.readString(folder.resolve("check.json")));
    }

    @Test
    void aStepThatWasEndedKeepsWhatItFound() throws IOException {
        Findings findings = new Findings(folder.resolve("slow.json"), "slow", 100);
        findings.table("Times", "what", "us").row("a|b", 1.5);
        JsonNode report = report("GPU\t0\t1.0\t30\nslow\t137\t9.9\t10\n");
        assertThat(report.get("passed").asBoolean()).isFalse();
        JsonNode step = report.get("steps").get(1);
        assertThat(step.get("outcome").asText()).isEqualTo("out of time");
        assertThat(step.get("found").get("tables").get(0).get("rows").get(0).get(1).asDouble()).isEqualTo(1.5);
        assertThat(Files.readString(folder.resolve("check.md"))).contains("| a\\|b | 1.5 |", "Partial");
    }

    @Test
    void aToolThatTheMachineRefusesIsNoFault() throws IOException {
        Files.writeString(folder.resolve("sanitizer.log"), "========= Error: Device not supported. Please refer\n");
        JsonNode report = report("GPU\t0\t1.0\t30\nsanitizer\t255\t1.0\t40\nabsent\t3\t0.0\t40\n");
        assertThat(report.get("passed").asBoolean()).isTrue();
        assertThat(report.get("steps").get(1).get("outcome").asText()).isEqualTo("refused");
        assertThat(report.get("steps").get(2).get("outcome").asText()).isEqualTo("unavailable");
    }

    /** The driver's exit code 4; in the words of a device that fails, not of a tool that the machine refuses. */
    @Test
    void aDeviceThatFailsIsAFault() throws IOException {
        Files.writeString(folder.resolve("driver-check.log"), "FAILED operation not supported on this device\n");
        JsonNode report = report("GPU\t0\t1.0\t30\ndriver-check\t4\t1.0\t40\n");
        assertThat(report.get("passed").asBoolean()).isFalse();
        assertThat(report.get("steps").get(1).get("outcome").asText()).isEqualTo("failed");
    }

    @Test
    void aFailureIsOne() throws IOException {
        Findings findings = new Findings(folder.resolve("suite.json"), "suite", 100);
        findings.failure("results: error 1");
        assertThat(findings.end()).isEqualTo(Findings.FAILED);
        JsonNode report = report("GPU\t0\t1.0\t30\nsuite\t1\t1.0\t40\n");
        assertThat(report.get("passed").asBoolean()).isFalse();
        assertThat(Files.readString(folder.resolve("check.md"))).contains("- results: error 1");
    }

    @Test
    void withoutAGpuNothingIsPassed() throws IOException {
        assertThat(report("versions\t0\t1.0\t30\nGPU\t3\t1.0\t40\n").get("passed").asBoolean()).isFalse();
        assertThat(report("").get("passed").asBoolean()).isFalse();
    }
}
