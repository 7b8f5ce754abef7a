// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Makes one JSON and one Markdown file of what the steps of a part left in a folder, and prints a short table. A step
 * has a line in {@code index.tsv} (name, exit code, seconds, limit) and, by its name, {@code .json} (its
 * {@link Findings}, or anything else that is JSON) and {@code .log}.
 */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int NOT_PASSED = 4;
    private static final int LOG_CHARACTERS = 6000;
    private static final int HEADLINE = 110;

    private final StringBuilder markdown = new StringBuilder();
    private final StringBuilder table = new StringBuilder();
    private final ObjectNode all = JSON.createObjectNode();
    private final Path steps;

    private Report(String part, Path steps) throws IOException {
        this.steps = steps;
        all.put("schema", "nanohooke-gpu-report/1");
        all.put("part", part);
        markdown.append("# nanohooke on a GPU: ").append(part).append("\n\n");
        machine();
        ArrayNode list = all.putArray("steps");
        markdown.append("| step | outcome | s | |\n|---|---|---:|---|\n");
        List<String> lines = Files.exists(steps.resolve("index.tsv")) ? Files.readAllLines(steps.resolve("index.tsv"))
                : List.of();
        StringBuilder details = new StringBuilder();
        boolean passed = false;
        boolean faultless = true;
        for (String line : lines) {
            String[] fields = line.split("\t");
            ObjectNode step = step(fields, details);
            list.add(step);
            String outcome = step.get("outcome").asText();
            faultless &= List.of("passed", "unavailable", "refused").contains(outcome);
            passed |= fields[0].equals(part.equals("samples") ? "export" : "GPU") && outcome.equals("passed");
        }
        all.put("passed", passed && faultless);
        markdown.append('\n').append(details);
    }

    /**
     * Arguments: {@code --part}, {@code --steps} a folder, {@code --out} a folder. Exit code 4 where the part has not
     * passed.
     */
    public static void main(String[] arguments) throws IOException {
        System.exit(write(arguments) ? 0 : NOT_PASSED);
    }

    /** @return whether the part has passed: on a GPU where it needs one, and no step failed or was out of time */
    static boolean write(String[] arguments) throws IOException {
        Words words = new Words(arguments);
        String part = words.text("part", "check");
        Report report = new Report(part, words.path("steps"));
        Path out = words.path("out");
        AtomicFile.writeText(out.resolve(part + ".json"), JSON.writeValueAsString(report.all));
        AtomicFile.writeText(out.resolve(part + ".md"), report.markdown);
        System.out.print(report.table);
        System.out.flush();
        return report.all.get("passed").asBoolean();
    }

    /** Lines "name = value" of machine.txt. */
    private void machine() throws IOException {
        ObjectNode machine = all.putObject("machine");
        Path file = steps.resolve("machine.txt");
        if (Files.exists(file)) {
            for (String line : text(file).split("\n")) {
                String[] pair = line.split(" = ", 2);
                if (pair.length == 2) {
                    machine.put(pair[0], pair[1]);
                    markdown.append("- ").append(pair[0]).append(": ").append(pair[1]).append('\n');
                }
            }
        }
        markdown.append('\n');
    }

    private ObjectNode step(String[] fields, StringBuilder details) throws IOException {
        String name = fields[0];
        int code = Integer.parseInt(fields[1]);
        ObjectNode step = JSON.createObjectNode();
        JsonNode found = read(steps.resolve(name + ".json"));
        String log = Files.exists(steps.resolve(name + ".log")) ? text(steps.resolve(name + ".log")) : "";
        String outcome = outcome(name, code, log);
        step.put("name", name);
        step.put("outcome", outcome);
        step.put("exit", code);
        step.put("seconds", Double.parseDouble(fields[2]));
        step.put("limit", Double.parseDouble(fields[3]));
        if (!found.isMissingNode()) {
            step.set("found", found);
        }
        String headline = found.path("headline").asText(lastLine(log));
        headline = headline.length() > HEADLINE ? headline.substring(0, HEADLINE) + "..." : headline;
        markdown.append(String.format(Locale.ROOT, "| %s | %s | %s | %s |%n", name, outcome, fields[2], escaped(
                headline)));
        table.append(String.format(Locale.ROOT, "%-22s %-12s %6s s  %s%n", name, outcome, fields[2], headline));
        details(name, found, log, details);
        if (!outcome.equals("passed") || found.isMissingNode()) {
            step.put("log", tail(log));
        }
        return step;
    }

    /**
     * What an exit code of a step means. A machine may refuse a sanitizer, which its words tell; the same words of
     * another step are those of a device that failed.
     */
    private static String outcome(String name, int code, String log) {
        boolean refused = code != 0 && name.startsWith("sanitizer") && (log.contains("Device not supported")
                || log.contains("not supported on") || log.contains("command not found")
                || log.contains("ERR_NVGPUCTRPERM"));
        return refused ? "refused" : switch (code) {
            case 0 -> "passed";
            case Findings.UNAVAILABLE -> "unavailable";
            case Findings.OUT_OF_TIME, 124, 137, 143 -> "out of time";
            case 127 -> "unavailable";
            default -> "failed";
        };
    }

    private void details(String name, JsonNode found, String log, StringBuilder text) {
        text.append("## ").append(name).append("\n\n");
        if (found.isObject() && found.has("complete") && !found.get("complete").asBoolean()) {
            text.append("Partial: the step did not come to its end.\n\n");
        }
        for (JsonNode failure : found.path("failures")) {
            text.append("- ").append(escaped(failure.asText())).append('\n');
        }
        if (found.path("failures").size() > 0) {
            text.append("\n");
        }
        for (JsonNode one : found.path("tables")) {
            text.append(one.path("title").asText()).append("\n\n|");
            one.path("columns").forEach(column -> text.append(' ').append(escaped(column.asText())).append(" |"));
            text.append("\n|");
            one.path("columns").forEach(column -> text.append("---|"));
            text.append('\n');
            for (JsonNode row : one.path("rows")) {
                text.append('|');
                row.forEach(cell -> text.append(' ').append(escaped(cell.asText())).append(" |"));
                text.append('\n');
            }
            text.append('\n');
        }
        if (found.path("tables").isEmpty() && !log.isBlank()) {
            text.append("```\n").append(tail(log).replace("```", "'''")).append("\n```\n\n");
        }
    }

    private static JsonNode read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return JSON.missingNode();
        }
        try {
            return JSON.readTree(text(file));
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("headline", "its JSON is broken: " + e.getOriginalMessage());
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String lastLine(String log) {
        String text = log.strip();
        return text.substring(text.lastIndexOf('\n') + 1);
    }

    private static String tail(String log) {
        String text = log.strip();
        return text.length() > LOG_CHARACTERS ? "...\n" + text.substring(text.length() - LOG_CHARACTERS) : text;
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|").replace('\n', ' ').replace("\r", "");
    }
}
