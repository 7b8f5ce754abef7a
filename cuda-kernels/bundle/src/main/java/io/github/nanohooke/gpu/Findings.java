// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;

/**
 * What one step of a part found, as JSON: {@code step}, {@code complete} (false until the step has come to its end),
 * {@code passed}, {@code headline} (one line), {@code failures}, {@code tables} and {@code values}. The file is written
 * anew with everything that is found.
 *
 * <p>Exit codes of a step: 0 passed, 1 failed, 3 there is no GPU or no such engine, 5 out of time with partial
 * findings.
 */
final class Findings {
    static final int PASSED = 0;
    static final int FAILED = 1;
    static final int UNAVAILABLE = 3;
    static final int OUT_OF_TIME = 5;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final int MOST_FAILURES = 40;
    private static final int LONGEST_FAILURE = 600;

    private final Path file;
    private final long begin = System.nanoTime();
    private final double limit;
    private final Map<String, Object> all = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final List<Map<String, Object>> tables = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int failed;

    /**
     * Begins a step.
     *
     * @param seconds after which the process ends with what it has
     */
    Findings(Path file, String step, double seconds) {
        this.file = file;
        this.limit = seconds;
        all.put("schema", "nanohooke-gpu-step/1");
        all.put("step", step);
        all.put("complete", false);
        all.put("passed", false);
        all.put("headline", "nothing found yet");
        all.put("failures", failures);
        all.put("failed", 0);
        all.put("tables", tables);
        all.put("values", values);
        write();
        Timer timer = new Timer("time limit", true);
        timer.schedule(new TimerTask() {
            @Override
            public void run() {
                outOfTime();
            }
        }, Math.round(1e3 * seconds));
    }

    private synchronized void outOfTime() {
        all.put("out of time", true);
        write();
        // Not exit: a thread that waits for the device would be waited for.
        Runtime.getRuntime().halt(OUT_OF_TIME);
    }

    /** Seconds until the process ends itself. */
    double secondsLeft() {
        return limit - (System.nanoTime() - begin) * 1e-9;
    }

    synchronized void value(String name, Object value) {
        values.put(name, value);
        write();
    }

    synchronized void headline(String text, Object... arguments) {
        all.put("headline", arguments.length == 0 ? text : String.format(Locale.ROOT, text, arguments));
        write();
    }

    /** Something that is not as it must be; the first of them are kept. */
    synchronized void failure(String text) {
        failed++;
        all.put("failed", failed);
        if (failures.size() < MOST_FAILURES) {
            failures.add(text.length() > LONGEST_FAILURE ? text.substring(0, LONGEST_FAILURE) + " ..." : text);
        }
        write();
    }

    synchronized int failed() {
        return failed;
    }

    /** A table that is filled row by row. */
    synchronized Table table(String title, String... columns) {
        Map<String, Object> table = new LinkedHashMap<>();
        List<List<Object>> rows = new ArrayList<>();
        table.put("title", title);
        table.put("columns", List.of(columns));
        table.put("rows", rows);
        tables.add(table);
        return cells -> {
            synchronized (this) {
                rows.add(Arrays.asList(cells));
                write();
            }
        };
    }

    /** Takes rows. */
    interface Table {
        void row(Object... cells);
    }

    /** The step has come to its end. @return its exit code */
    synchronized int end() {
        all.put("complete", true);
        all.put("passed", failed == 0);
        all.put("seconds", (System.nanoTime() - begin) * 1e-9);
        write();
        return failed == 0 ? PASSED : FAILED;
    }

    /** Rounded to four digits: what a table needs of a measured number. */
    static String digits(double value) {
        if (value == 0 || !Double.isFinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        return size >= 1e-3 && size < 1e7 ? new java.math.BigDecimal(value).round(new java.math.MathContext(4))
                .stripTrailingZeros().toPlainString() : String.format(Locale.ROOT, "%.2e", value);
    }

    private void write() {
        try {
            AtomicFile.writeText(file, JSON.writeValueAsString(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
