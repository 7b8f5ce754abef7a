// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.CommandRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command beam; the numbers of the curves themselves are BeamTest's. */
class BeamCommandTest {

    @TempDir
    private Path folder;

    @Test
    void curvesOfTwoLawsAndTheLinearOne() throws IOException {
        Path out = folder.resolve("figure");
        JsonNode result = new CommandRuns(folder).json("beam", "--source", "size-independent", "--law",
                "saint-venant-kirchhoff,hencky", "--mesh", "12,4", "--increments", "20", "--json", "--quiet", "--out",
                out);
        JsonNode curves = result.path("curves");
        assertThat(curves.findValuesAsText("law")).containsExactly("saint-venant-kirchhoff", "hencky", "linear");
        for (JsonNode curve : curves) {
            assertThat(curve.path("source").asText()).isEqualTo("size-independent");
            assertThat(curve.path("u")).hasSize(21);
            assertThat(curve.path("Fy")).hasSize(21);
            assertThat(curve.path("Fx")).hasSize(21);
        }
        // 10.9 N/m at 20 nm of a continuum with pores (a mesh this coarse is some 0.3 % too stiff), and what large
        // strains add to the straight line.
        double half = curves.get(0).path("Fy").get(10).asDouble();
        assertThat(half).isCloseTo(10.90, within(0.06));
        assertThat(curves.get(1).path("Fy").get(20).asDouble()).isLessThan(curves.get(0).path("Fy").get(20).asDouble());
        double linear = curves.get(2).path("Fy").get(20).asDouble();
        assertThat(curves.get(2).path("Fy").get(10).asDouble()).isCloseTo(linear / 2, within(1e-9 * linear));
        assertThat(result.path("unknowns").asInt()).isEqualTo(2 * 23 * 9);

        List<String> lines = Files.readAllLines(out.resolve("curves.csv"));
        assertThat(lines).hasSize(1 + 3 * 21);
        assertThat(lines.get(0)).isEqualTo("source,law,u_nm,Fy_N_per_m,Fx_N_per_m");
        assertThat(out.resolve("curves.png")).isNotEmptyFile();
        assertThat(Files.readString(out.resolve("curves.svg"))).contains("<svg");
        try (var files = Files.list(out)) {
            // Fields at 6 and at 40 nm.
            assertThat(files.filter(f -> f.toString().endsWith(".png")).count()).isGreaterThan(2);
        }
    }

    @Test
    void besideAllAtoms() throws IOException {
        Path atoms = Files.writeString(folder.resolve("beam.json"), """
                {"schema": "nanohooke-beam-atoms/1", "atoms": 768160, "cells": 1000,
                 "steps": [{"u": 0, "Fy": 0}, {"u": 20, "Fy": 10}, {"u": 33, "Fy": 20}]}
                """);
        Path out = folder.resolve("figure");
        CommandRuns runs = new CommandRuns(folder);
        JsonNode result = runs.json("beam", "--source", "size-independent", "--mesh", "8,3", "--increments", "2",
                "--beside", atoms, "--json", "--quiet", "--out", out);
        // At the one displacement that both have.
        JsonNode differences = result.path("differences");
        assertThat(differences).hasSize(2);
        for (int k = 0; k < 2; k++) {
            assertThat(differences.get(k).path("u").asDouble()).isEqualTo(20);
            assertThat(differences.get(k).path("percent").asDouble()).isCloseTo(
                    10 * result.path("curves").get(k).path("Fy").get(1).asDouble() - 100, within(1e-9));
        }
        assertThat(Files.readString(out.resolve("curves.svg"))).contains("all 768160 atoms");
        assertThat(runs.run("beam", "--source", "size-independent", "--mesh", "8,3", "--increments", "2", "--beside",
                atoms, "--quiet")).isZero();
        assertThat(runs.out()).contains("all 768160 atoms", "the paper's finite elements");
    }

    /** Strains and displacements that a beam of atoms has left are held against finite elements of the same state. */
    @Test
    void fieldsBesideAllAtoms() throws IOException {
        CommandRuns runs = new CommandRuns(folder);
        Path atoms = folder.resolve("atoms");
        Path out = folder.resolve("beside");
        assertThat(runs.run("beam", "--atoms", "--cells", "100", "--u", "0.6", "--quiet", "--out", atoms)).isZero();
        JsonNode result = runs.json("beam", "--source", "atoms", "--cells", "100", "--mesh", "12,4", "--u", "0.6",
                "--beside", atoms, "--json", "--quiet", "--out", out);
        JsonNode fields = result.path("fieldDifferences");
        assertThat(fields).hasSize(1);
        assertThat(fields.get(0).path("name").asText()).isEqualTo("atoms");
        // Strains go up to 0.01.
        assertThat(fields.get(0).path("displacement").asDouble()).isBetween(1e-6, 1e-3);
        assertThat(fields.get(0).path("strain").asDouble()).isBetween(1e-6, 1e-3);
        assertThat(out.resolve("strain-0.6-nm-beside-atoms.png")).isNotEmptyFile();
        assertThat(Files.readAllLines(out.resolve("differences.csv"))).hasSize(2)
                .as("the paper's own difference is that of its beam").noneMatch(line -> line.contains("paper"));
        Files.writeString(atoms.resolve("strain-0.600-nm.csv"), "x_nm\n1,2\n");
        assertThat(runs.run("beam", "--source", "atoms", "--cells", "100", "--beside", atoms.resolve("beam.json")))
                .isEqualTo(2);
        assertThat(runs.err()).contains("strain-0.600-nm.csv", "lines of five numbers");
    }

    @Test
    void whatStandsBesideMustBeABeamOfAtoms() throws IOException {
        CommandRuns runs = new CommandRuns(folder);
        Path none = folder.resolve("none.json");
        assertThat(runs.run("beam", "--source", "size-independent", "--beside", none, "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("none.json");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"schema\": \"nanohooke-beam/1\"}");
        assertThat(runs.run("beam", "--source", "size-independent", "--beside", other, "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("other.json", "nanohooke-beam-atoms/1");
        assertThat(runs.run("beam", "--atoms", "--beside", other)).isEqualTo(2);
        assertThat(runs.run("beam", "--source", "atoms,statics", "--u", "2,4")).isEqualTo(2);
        assertThat(runs.err()).contains("--u");
    }

    @Test
    void atomsByTheirTableAreOneMoreCurve() throws IOException {
        Path tables = folder.resolve("tables");
        // A coarse one: 343 nodes and no more.
        JsonNode result = new CommandRuns(folder).json("beam", "--source", "atoms,atoms-table", "--cells", "100", "--u",
                "1", "--mesh", "10,4", "--finest", "0.04", "--cache", tables, "--json", "--quiet");
        JsonNode atoms = result.path("curves").get(0);
        JsonNode table = result.path("curves").get(1);
        assertThat(table.path("source").asText()).isEqualTo("atoms-table");
        double force = atoms.path("Fy").get(1).asDouble();
        assertThat(table.path("Fy").get(1).asDouble()).isCloseTo(force, within(0.005 * force));
        assertThat(table.path("outsidePoints").get(1).asInt()).isZero();
        assertThat(table.path("table").path("nodes").asInt()).isGreaterThanOrEqualTo(343);
        assertThat(tables).isDirectoryContaining("glob:**/law-*.table");
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("beam", "--source", "atoms", "--cache", tables)).isEqualTo(2);
        assertThat(runs.err()).contains("--cache", "atoms-table");
        assertThat(runs.run("beam", "--source", "atoms-table", "--finest", "1", "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("finest");
    }

    @Test
    void wrongNamesAndNumbersAreUsage() {
        CommandRuns runs = new CommandRuns(folder);
        assertThat(runs.run("beam", "--source", "staitcs")).isEqualTo(2);
        assertThat(runs.err()).contains("staitcs", "statics");
        assertThat(runs.run("beam", "--law", "hooke")).isEqualTo(2);
        assertThat(runs.err()).contains("hooke", "hencky");
        assertThat(runs.run("beam", "--mesh", "30")).isEqualTo(2);
        assertThat(runs.err()).contains("30,10");
        assertThat(runs.run("beam", "--length", "-1", "--source", "size-independent", "--quiet")).isEqualTo(2);
        for (String u : new String[] {"-1", "0", "2,1", "NaN", "1e9"}) {
            assertThat(runs.run("beam", "--source", "atoms", "--cells", "100", "--u=" + u, "--quiet")).isEqualTo(2);
            assertThat(runs.err()).contains("rise from 0", "40.5 nm");
        }
        for (String even : new String[] {"--displacement", "--increments"}) {
            assertThat(runs.run("beam", "--source", "atoms", "--cells", "100", "--u", "2", even, "4")).isEqualTo(2);
            assertThat(runs.err()).contains(even + " is not for --u");
        }
        assertThat(runs.run("beam", "--source", "atoms", "--cells", "7", "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("multiple of 5", "7");
        assertThat(runs.run("beam", "--source", "atoms", "--displacement", "-1000", "--quiet")).isEqualTo(2);
        assertThat(runs.err()).contains("405");
        assertThat(runs.run("beam", "--atoms", "--cells", "7")).isEqualTo(2);
        assertThat(runs.err()).contains("50 to 1500");
    }

    @Test
    void whatIsForTheHybridSourceIsRefusedWithoutIt() {
        CommandRuns runs = new CommandRuns(folder);
        for (String command : new String[] {"beam", "graded"}) {
            assertThat(runs.run(command, "--max-uncertainty", 3)).isEqualTo(2);
            assertThat(runs.err()).contains("--max-uncertainty is for --source hybrid");
        }
    }

    /** What was found before is kept, and the other curves go on. */
    @Test
    void aCurveThatComesToADeadEndIsToldAndKept() throws IOException {
        Path out = folder.resolve("short");
        CommandRuns runs = new CommandRuns(folder);
        // A short beam, shortened by its own bending where its end stays upright.
        assertThat(runs.run("beam", "--source", "statics", "--length", 81, "--displacement", 200, "--increments", 8,
                "--end", "guided", "--law", "hencky", "--mesh", "8,8", "--quiet", "--json", "--out", out)).isEqualTo(4);
        JsonNode curves = new ObjectMapper().readTree(runs.out()).path("curves");
        assertThat(curves.get(0).path("complete").asBoolean()).isFalse();
        assertThat(curves.get(0).path("failure").asText()).contains("dead end");
        assertThat(curves.get(0).path("u")).hasSizeBetween(2, 8);
        assertThat(curves.get(1).path("complete").asBoolean()).isTrue();
        assertThat(curves.get(1).path("u")).hasSize(9);
        assertThat(runs.err()).contains("nanohooke: statics, hencky: step \"bend\"");
        assertThat(Files.readAllLines(out.resolve("curves.csv"))).hasSize(1 + curves.get(0).path("u").size() + 9);
        assertThat(out.resolve("curves.png")).isNotEmptyFile();
    }
}
