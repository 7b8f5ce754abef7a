// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.train;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.nn.AdamState;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.file.DefinitionJson;
import io.github.nanohooke.nn.Initialisation;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.model.Json;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.model.TargetStatistics;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntUnaryOperator;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains a network, on any backend, in a folder of its own: {@code checkpoint.safetensors} by the clock and whenever
 * the run ends (the one before as {@code checkpoint-previous.safetensors}) and {@code training.csv} after every epoch;
 * one process at a time holds its {@code lock}. A run that was interrupted goes on to the bit on the same backend and
 * instruction set, with any number of threads.
 */
public final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    /** How a run ended. */
    public enum Ending {
        /** All epochs are done. */
        COMPLETED,
        /** The validation error has not fallen for {@link TrainingOptions#patience()} epochs. */
        STOPPED_EARLY,
        /** It was asked to stop; a checkpoint is written and the run can be resumed. */
        CANCELLED
    }

    /**
     * What came of a run.
     *
     * @param ending  how it ended
     * @param model   the network of the epoch with the lowest validation error, or of the beginning if none was done
     * @param history one record for every epoch
     */
    public record Result(Ending ending, ModelFile model, List<EpochRecord> history) {
    }

    private final NetworkDefinition definition;
    private final OutputHead head;
    private final TrainingOptions options;
    private final TrainingData training;
    private final TrainingData validation;
    private final TrainingConstants constants;
    /** Parameters to begin with; null for random ones. */
    private final float[] start;
    /** Of epochs that are done, how many there are in all; null where that is known from the beginning. */
    private final IntUnaryOperator inAll;

    /**
     * @param definition what to train
     * @param head       meaning of its outputs, see {@link TargetStatistics}
     * @param options    how to train
     * @param training   samples to learn from
     * @param validation samples to choose the best epoch by; never learnt from
     * @throws SurrogateException when network or data do not fit, or there is nothing to learn
     */
    public Training(NetworkDefinition definition, OutputHead head, TrainingOptions options, TrainingData training,
            TrainingData validation) {
        this(definition, head, options, training, validation, null);
    }

    /**
     * A training that goes on from a network that has learnt already, with that network's head: on other samples, or on
     * images of designed structures in place of relaxed ones.
     *
     * @param from its parameters must not be changed afterwards
     * @throws SurrogateException when network or data do not fit, or there is nothing to learn
     */
    public static Training from(ModelFile from, TrainingOptions options, TrainingData training,
            TrainingData validation) {
        return new Training(from.definition(), from.head(), options, training, validation, from.parameters());
    }

    /**
     * The same with as many epochs as there is time for, which is found out on the way: the learning rate falls by what
     * is known of its end, and so has fallen when the end comes. Two such runs are not the same.
     *
     * @param inAll asked after every epoch, and when a run goes on: of how many are done, how many there are in all;
     *              until then there are {@link TrainingOptions#epochs()}
     */
    public Training withEpochs(IntUnaryOperator inAll) {
        return new Training(this, inAll);
    }

    private Training(Training other, IntUnaryOperator inAll) {
        this.definition = other.definition;
        this.head = other.head;
        this.options = other.options;
        this.training = other.training;
        this.validation = other.validation;
        this.constants = other.constants;
        this.start = other.start;
        this.inAll = inAll;
    }

    private Training(NetworkDefinition definition, OutputHead head, TrainingOptions options, TrainingData training,
            TrainingData validation, float[] start) {
        ModelFile.requireSurrogate(definition);
        if (!training.basis().equals(validation.basis())) {
            throw new SurrogateException("the training part has the constants " + training.basis()
                    + ", the validation part " + validation.basis() + ": the two must not be mixed");
        }
        if (training.frame() != validation.frame()) {
            throw new SurrogateException("the training part is in the frame " + training.frame().label()
                    + ", the validation part in " + validation.frame().label() + ": the two must not be mixed");
        }
        if (training.size() < 1 || validation.size() < 1) {
            throw new SurrogateException("training needs samples to learn from and to validate by, got "
                    + training.size() + " and " + validation.size());
        }
        this.definition = definition;
        this.head = head;
        this.options = options;
        this.training = training;
        this.validation = validation;
        this.constants = TrainingConstants.own(training);
        this.start = start;
        this.inAll = null;
    }

    /** Whether a run was begun in this folder, which {@link #run} can then only resume. */
    public static boolean begunIn(Path folder) {
        return Checkpoint.exists(folder);
    }

    /**
     * Trains until the epochs are done, early stopping ends the run, or it is cancelled.
     *
     * @param backend   computes it
     * @param computing how
     * @param folder    of the run; made if missing
     * @param resume    whether to go on from the folder's checkpoint; without it the folder must hold none
     * @param listener  hears of every step and epoch
     * @param cancelled asked after every stretch, see {@link RunOptions#stretch()}
     * @throws SurrogateException when the folder's state does not fit {@code resume}, another process trains in it, the
     *                            run to resume is another one
     * @throws DivergedException  when a loss or a parameter is not finite: names the last good checkpoint
     * @throws io.github.nanohooke.nn.NetworkException when memory is short
     * @throws FileWriteException when a checkpoint or the log cannot be written
     */
    @SuppressWarnings("try") // the lock is held, not used
    public Result run(Backend backend, RunOptions computing, Path folder, boolean resume, TrainingListener listener,
            BooleanSupplier cancelled) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SurrogateException("the folder " + folder + " cannot be made: " + e, e);
        }
        try (RunLock lock = RunLock.of(folder)) {
            requireFolder(folder, resume);
            return locked(backend, computing, folder, resume, listener, cancelled);
        }
    }

    /**
     * What a run of this training in the folder had found when its newest checkpoint was written: what is left of one
     * that diverged, or whose backend failed.
     *
     * @return as if it had been cancelled then; empty where there is no checkpoint
     * @throws SurrogateException when the checkpoint is damaged, or of another run
     */
    public Optional<Result> checkpointed(Path folder) {
        if (!Checkpoint.exists(folder)) {
            return Optional.empty();
        }
        Checkpoint checkpoint = Checkpoint.read(folder);
        checkpoint.requireSame(identity());
        checkpoint.requireWithin(folder, definition.parameters().count(), most(),
                options.stepsPerEpoch(training.size()));
        return Optional.of(result(Ending.CANCELLED, checkpoint.state(), checkpoint.best(),
                Map.of("backend", checkpoint.numerics())));
    }

    /** Epochs that a run may have. */
    private int most() {
        return inAll == null ? options.epochs() : Integer.MAX_VALUE;
    }

    /** The options of a run of so many epochs; a shorter one does not rise for longer than it takes. */
    private TrainingOptions options(int epochs) {
        return options.withWarmupEpochs(Math.min(options.warmupEpochs(), epochs)).withEpochs(epochs);
    }

    /** @param computed provenance: by what */
    private Result result(Ending ending, TrainingState state, float[] best, Map<String, String> computed) {
        Map<String, String> provenance = new TreeMap<>(identity());
        provenance.remove("network");
        provenance.remove("head");
        provenance.putAll(constants.provenance());
        provenance.putAll(computed);
        provenance.put("epoch", Integer.toString(state.bestEpoch()));
        provenance.put("epochs trained", Integer.toString(state.epoch()));
        Map<String, Double> metrics = state.bestEpoch() == 0 ? Map.of()
                : Map.of("validation_rmse_GPa", state.bestRmse());
        return new Result(ending, new ModelFile(definition, head, best, provenance, metrics), state.history());
    }

    private Result locked(Backend backend, RunOptions computing, Path folder, boolean resume,
            TrainingListener listener, BooleanSupplier cancelled) {
        Checkpoint checkpoint = resume ? Checkpoint.read(folder) : null;
        SessionOptions wanted = SessionOptions.training(options.batch()).withThreads(computing.threads())
                .withInstructionSet(instructionSet(backend, computing, checkpoint)).withDevice(computing.device())
                .withPrecision(computing.precision()).withHead(head.training())
                .withObjective(options.loss().objective(head));
        try (NetworkSession session = backend.open(definition, wanted)) {
            LOG.info("training {} ({} parameters) on {}", definition.name(), session.parameterCount(),
                    session.describe());
            session.setTrainingSet(new ElasticTrainingSet(training, head, definition.input().width()));
            Run run = resume ? resumed(session, new Pace(computing), checkpoint, folder)
                    : begun(session, new Pace(computing));
            return run.untilItEnds(folder, listener, cancelled);
        }
    }

    private void requireFolder(Path folder, boolean resume) {
        if (resume && !Checkpoint.exists(folder)) {
            throw new SurrogateException("there is no checkpoint in " + folder + " to resume from");
        }
        if (!resume && Checkpoint.exists(folder)) {
            throw new SurrogateException("there is a run in " + folder + " already; resume it, or give another folder");
        }
    }

    private Run begun(NetworkSession session, Pace pace) {
        float[] first = start == null ? Initialisation.he(definition, options.seed()) : start;
        session.setParameters(first);
        return new Run(session, pace, TrainingState.start(), first);
    }

    private static String instructionSet(Backend backend, RunOptions computing, Checkpoint checkpoint) {
        if (checkpoint == null || !computing.instructionSet().equals(SessionOptions.AUTO)) {
            return computing.instructionSet();
        }
        return backend.measuredInstructionSet(checkpoint.numerics()).orElse(SessionOptions.AUTO);
    }

    private Run resumed(NetworkSession session, Pace pace, Checkpoint checkpoint, Path folder) {
        checkpoint.requireSame(identity());
        checkpoint.requireWithin(folder, session.parameterCount(), most(),
                options.stepsPerEpoch(training.size()));
        if (!session.numerics().equals(checkpoint.numerics())) {
            LOG.warn("the run was begun with {}, it goes on with {} and may differ in rounding", checkpoint.numerics(),
                    session.numerics());
        }
        session.setParameters(checkpoint.parameters());
        session.setAdamState(checkpoint.adam());
        LOG.info("resumed after epoch {} and {} batches", checkpoint.state().epoch(), checkpoint.state().batch());
        return new Run(session, pace, checkpoint.state(), checkpoint.best());
    }

    private Map<String, String> identity() {
        Map<String, String> identity = new TreeMap<>(Map.of("network", DefinitionJson.write(definition), "head",
                Json.write(head), "options", Json.write(options), ModelFile.FRAME, training.frame().label(),
                "training data", training.fingerprint(),
                "validation data", validation.fingerprint()));
        if (start != null) {
            ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * start.length);
            bytes.asFloatBuffer().put(start);
            CRC32C sum = new CRC32C();
            sum.update(bytes);
            identity.put(ModelFile.BEGUN_FROM, String.format(Locale.ROOT, "weights with CRC-32C %08x", sum.getValue()));
        }
        return identity;
    }

    /** One run on one session. */
    private final class Run {
        private final NetworkSession session;
        private final Pace pace;
        private final Augmentation augmentation;
        private TrainingState state;
        private float[] best;
        private int epochs = options.epochs();
        private LearningRate schedule = options.schedule(training.size());

        Run(NetworkSession session, Pace pace, TrainingState state, float[] best) {
            this.session = session;
            this.pace = pace;
            this.state = state;
            this.best = best;
            this.augmentation = new Augmentation(training.size(), definition.input().width(), options.augment(),
                    options.seed());
            if (state.epoch() > 0) {
                lookAhead();
            }
        }

        /** How many epochs there are, as far as is known now. */
        private void lookAhead() {
            if (inAll != null) {
                epochs = Math.max(state.epoch(), inAll.applyAsInt(state.epoch()));
                schedule = options(epochs).schedule(training.size());
            }
        }

        Result untilItEnds(Path folder, TrainingListener listener, BooleanSupplier cancelled) {
            listener.begin(state.history(), state.step(), schedule.totalSteps());
            if (!state.history().isEmpty()) {
                // A run that was killed between its checkpoint and its log has a log that lacks the last epoch.
                TrainingLog.write(folder, state.history());
            }
            while (!ended()) {
                long begin = System.nanoTime();
                if (!epoch(folder, listener, cancelled)) {
                    checkpoint(folder);
                    return result(Ending.CANCELLED);
                }
                EpochRecord record = validated((System.nanoTime() - begin) * 1e-9, folder);
                if (record.best()) {
                    best = session.parameters();
                }
                state = state.epochDone(record, options.patience());
                lookAhead();
                if (ended() || pace.checkpointDue()) {
                    checkpoint(folder);
                }
                TrainingLog.write(folder, state.history());
                listener.epoch(record);
            }
            return result(state.stopped() ? Ending.STOPPED_EARLY : Ending.COMPLETED);
        }

        private boolean ended() {
            return state.epoch() == epochs || state.stopped();
        }

        /** The rest of the epoch under way; false when the run was cancelled before its end. */
        private boolean epoch(Path folder, TrainingListener listener, BooleanSupplier cancelled) {
            int epoch = state.epoch() + 1;
            long[] codes = augmentation.epoch(epoch);
            int batches = options.stepsPerEpoch(training.size());
            while (state.batch() < batches) {
                stretch(codes, pace.steps(batches - state.batch()), folder, listener);
                if (cancelled.getAsBoolean()) {
                    return false;
                }
                if (state.batch() < batches && pace.checkpointDue()) {
                    checkpoint(folder);
                }
            }
            return true;
        }

        private void stretch(long[] codes, int steps, Path folder, TrainingListener listener) {
            int from = state.batch() * options.batch();
            long[] images = Arrays.copyOfRange(codes, from, Math.min(from + steps * options.batch(), codes.length));
            float[] rates = new float[steps];
            for (int i = 0; i < steps; i++) {
                rates[i] = (float) schedule.at(state.step() + i);
            }
            double[] losses = new double[steps];
            long begin = System.nanoTime();
            int taken = session.train(images, options.batch(), rates, losses);
            pace.taken(taken, System.nanoTime() - begin);
            for (int i = 0; i < taken; i++) {
                if (!Double.isFinite(losses[i])) {
                    throw diverged("the loss is " + losses[i], folder);
                }
                state = state.batchDone(losses[i] * Math.min(options.batch(), images.length - i * options.batch()));
                listener.step(state.epoch() + 1, state.step(), schedule.totalSteps(),
                        head.scale() * Math.sqrt(losses[i]));
            }
        }

        private EpochRecord validated(double seconds, Path folder) {
            ValidationErrors errors = ValidationErrors.of(session, head, validation);
            double rmse = errors.statistics().rmse();
            if (!Double.isFinite(rmse)) {
                throw diverged("the validation error is " + rmse, folder);
            }
            double trainingRmse = head.scale() * Math.sqrt(state.squaredSum() / training.size());
            EpochRecord epoch = new EpochRecord(state.epoch() + 1, state.step(), schedule.at(state.step() - 1),
                    trainingRmse, errors.statistics(), errors.relative(), false, seconds);
            return state.best().isEmpty() || options.loss().of(epoch) < options.loss().of(state.best().get())
                    ? epoch.asBest() : epoch;
        }

        private void checkpoint(Path folder) {
            float[] parameters = session.parameters();
            for (float parameter : parameters) {
                if (!Float.isFinite(parameter)) {
                    throw diverged("a parameter is " + parameter, folder);
                }
            }
            AdamState adam = session.adamState();
            if (!ParameterTable.areFinite(adam.first()) || !ParameterTable.areFinite(adam.second())) {
                throw diverged("a moment of the optimiser is not finite", folder);
            }
            new Checkpoint(identity(), session.numerics(), state, parameters, adam, best).write(folder);
            pace.checkpointWritten();
        }

        private DivergedException diverged(String what, Path folder) {
            return new DivergedException(what + " in epoch " + (state.epoch() + 1) + ", batch "
                    + (state.batch() + 1) + ", at learning rate " + schedule.at(state.step()) + "; "
                    + (Checkpoint.exists(folder) ? "the last good checkpoint is " + Checkpoint.last(folder)
                            : "there is no checkpoint yet") + ". Try a lower learning rate or a longer warm-up.");
        }

        private Result result(Ending ending) {
            // What decides the numbers and nothing else: the file is the same with any number of threads.
            return Training.this.result(ending, state, best, Map.of("backend", session.numerics(), "device",
                    session.device(), "training precision", session.options().precision().label(), "options",
                    Json.write(options(epochs))));
        }
    }
}
