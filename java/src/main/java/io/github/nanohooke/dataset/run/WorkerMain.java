// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.PlanJson;
import io.github.nanohooke.dataset.run.WorkerMessages.Cause;
import io.github.nanohooke.dataset.run.WorkerMessages.Fault;
import io.github.nanohooke.dataset.run.WorkerMessages.Reply;
import io.github.nanohooke.dataset.run.WorkerMessages.Setup;
import io.github.nanohooke.io.CheckedLine;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.ElasticCalculators;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A worker process: makes samples one after the other, as a {@link WorkerProcess} asks for them. A process of its own
 * keeps whatever happens in native code to one sample.
 */
public final class WorkerMain {
    /** Of a process that met an error which it could not even tell of. */
    static final int FAULT_CODE = 70;

    private final PrintStream replies;
    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    private WorkerMain(PrintStream replies) {
        this.replies = replies;
    }

    public static void main(String[] args) throws InterruptedException {
        PrintStream replies = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        System.setOut(System.err); // standard output is for replies alone
        // Ctrl-C and Slurm signal every process. The run decides what becomes of the sample in hand and then closes
        // our standard input, which ends this process; until then a hook that waits holds the JVM up.
        Runtime.getRuntime().addShutdownHook(new Thread(WorkerMain::waitForTheRun, "signal"));
        try {
            new WorkerMain(replies).serve();
        } finally {
            // Not by returning: the hook above would wait for a run that itself waits for this process.
            Runtime.getRuntime().halt(FAULT_CODE);
        }
    }

    private static void waitForTheRun() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve() throws InterruptedException {
        Thread reader = new Thread(this::readRequests, "requests");
        reader.setDaemon(true);
        reader.start();
        Setup setup = CheckedLine.read(requests.take(), Setup.class)
                .orElseThrow(() -> new DatasetException("a worker is started by 'nanohooke dataset', not by hand"));
        try {
            DatasetPlan plan = PlanJson.read(setup.plan(), setup.potentialFile());
            try (SampleMaker maker = new SampleMaker(plan)) {
                reply(new Reply(facts(plan.method()), null, null));
                while (true) {
                    reply(new Reply(null, maker.make(Long.parseLong(requests.take())), null));
                }
            }
        } catch (MissingLibraryException e) {
            reply(new Reply(null, null, Fault.of(Cause.LIBRARY, e)));
        } catch (DatasetException e) {
            reply(new Reply(null, null, Fault.of(Cause.PLAN, e)));
        } catch (RuntimeException | Error e) {
            e.printStackTrace(); // to the worker's log
            reply(new Reply(null, null, Fault.of(Cause.ENVIRONMENT, e)));
        }
    }

    /** The end of the stream ends the process, also in the middle of a sample: the run is gone or wants it so. */
    private void readRequests() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                requests.add(line);
            }
        } catch (IOException e) {
            System.err.println("nanohooke worker: the run's pipe broke: " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private void reply(Reply reply) {
        // The leading line end keeps what a native library may have left on the line away from ours.
        replies.print("\n" + WorkerMessages.MARK + CheckedLine.write(reply) + "\n");
        replies.flush();
    }

    private static Map<String, String> facts(String method) {
        Optional<ElasticCalculatorProvider> provider = ElasticCalculators.providers().stream()
                .filter(candidate -> candidate.method().equals(method)).findFirst();
        return provider.map(found -> found.availability().facts()).orElse(Map.of());
    }
}
