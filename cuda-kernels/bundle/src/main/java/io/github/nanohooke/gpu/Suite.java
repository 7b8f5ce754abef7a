// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import io.github.nanohooke.nn.Backend;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs {@link EngineSuite} and tells what passed. */
final class Suite extends BundleStep {
    private final Map<String, int[]> counts = new TreeMap<>();
    private int passed;

    private Suite(String[] arguments) {
        super("operation suite", arguments);
    }

    public static void main(String[] arguments) {
        new Suite(arguments).run();
    }

    @Override
    void work(Backend cuda) {
        System.setProperty(EngineSuite.ENGINE, engine);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(EngineSuite.class)).build();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                heard(test, result);
            }
        });
        Findings.Table table = findings.table("Operation suite, engine " + engine, "test", "cases passed", "failed");
        counts.forEach((name, count) -> table.row(name, count[0], count[1]));
        tell();
        if (passed == 0) {
            findings.failure("no test ran");
        }
    }

    private void heard(TestIdentifier test, TestExecutionResult result) {
        boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
        if (!test.isTest() && !failed) {
            return;
        }
        int[] count = counts.computeIfAbsent(method(test), name -> new int[2]);
        if (failed) {
            count[1]++;
            findings.failure(method(test) + " " + test.getDisplayName() + ": "
                    + result.getThrowable().map(Throwable::toString).orElse(""));
        } else {
            count[0]++;
            passed++;
        }
        if ((passed + findings.failed()) % 10 == 0) {
            tell();
        }
    }

    private void tell() {
        findings.headline("%d cases passed, %d failed, engine %s", passed, findings.failed(), engine);
    }

    /** Of {@code [method:name()]} or {@code [test-template:name(Type)]}, whatever follows. */
    private static String method(TestIdentifier test) {
        return test.getUniqueIdObject().getSegments().stream()
                .filter(segment -> segment.getType().equals("method") || segment.getType().equals("test-template"))
                .map(segment -> segment.getValue().replaceAll("\\(.*", "")).findFirst().orElse(test.getDisplayName());
    }
}
