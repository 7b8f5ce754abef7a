// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.cli.process.JsonText;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.ElasticCalculators;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = "Say what runs here: Java, methods, network backends, and why a library was not taken.",
        footer = {"", "Examples:", "  nanohooke info", "  nanohooke info --json | jq '.methods[] | .usable'"})
final class InfoCommand implements Callable<Integer> {
    private static final String LAMMPS = "lammps";
    private static final String NOT_BUILT = "its bindings are not on the class path; the launcher builds them where "
            + "LAMMPS' header lammps/library.h is";
    private static final String HOW_TO_BUILD = "On Debian or Ubuntu: apt-get install liblammps-dev; elsewhere "
            + "NANOHOOKE_LAMMPS_INCLUDE=FOLDER with lammps/library.h in it. In a program of yours: add the artefact "
            + "nanohooke-lammps.";

    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        Map<String, String> platform = new LinkedHashMap<>();
        platform.put("nanohooke", Version.full());
        platform.put("java", System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")");
        platform.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version") + ", "
                + System.getProperty("os.arch"));
        platform.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        List<ElasticCalculatorProvider> providers = ElasticCalculators.providers();
        boolean lammps = providers.stream().anyMatch(provider -> provider.method().equals(LAMMPS));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            List<Map<String, Object>> methods = new ArrayList<>();
            for (ElasticCalculatorProvider provider : providers) {
                methods.add(toMap(provider, provider.availability()));
            }
            if (!lammps) {
                methods.add(Map.of("method", LAMMPS, "usable", false, "rejected", List.of(NOT_BUILT), "remedy",
                        HOW_TO_BUILD));
            }
            List<Map<String, Object>> backends = Backends.explain().stream().map(InfoCommand::toMap).toList();
            out.println(JsonText.of(Map.of("platform", platform, "methods", methods, "backends", backends)));
            return ExitCodes.OK;
        }
        print(out, platform);
        for (ElasticCalculatorProvider provider : providers) {
            Availability found = provider.availability();
            out.println();
            out.println("method " + provider.method() + ": " + provider.description()
                    + (found.usable() ? "" : " -- NOT USABLE HERE"));
            print(out, found.facts());
            found.rejected().forEach(candidate -> out.println("  rejected      " + candidate));
            if (!found.remedy().isEmpty()) {
                out.println("  to get it     " + found.remedy());
            }
        }
        if (!lammps) {
            out.println();
            out.println("method " + LAMMPS + ": -- NOT USABLE HERE");
            out.println("  rejected      " + NOT_BUILT);
            out.println("  to get it     " + HOW_TO_BUILD);
        }
        out.println();
        out.println("network backends");
        Backends.explain().forEach(backend -> out.println(String.format("  %-13s %s", backend.name(),
                (backend.available() ? "" : "NOT USABLE HERE: ") + backend.reason())));
        return ExitCodes.OK;
    }

    private static Map<String, Object> toMap(ElasticCalculatorProvider provider, Availability found) {
        Map<String, Object> method = new LinkedHashMap<>();
        method.put("method", provider.method());
        method.put("description", provider.description());
        method.put("usable", found.usable());
        method.put("facts", found.facts());
        method.put("rejected", found.rejected());
        method.put("remedy", found.remedy());
        return method;
    }

    private static Map<String, Object> toMap(Backends.Candidate candidate) {
        Map<String, Object> backend = new LinkedHashMap<>();
        backend.put("backend", candidate.name());
        backend.put("usable", candidate.available());
        backend.put("reason", candidate.reason());
        return backend;
    }

    private static void print(PrintWriter out, Map<String, String> facts) {
        facts.forEach((key, value) -> out.println(String.format("  %-13s %s", key, value)));
    }
}
