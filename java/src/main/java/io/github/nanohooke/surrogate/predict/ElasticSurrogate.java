// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.image.ImageException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.surrogate.model.DefaultModel;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.OutputHead;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.surrogate.trust.Calibration;
import io.github.nanohooke.surrogate.trust.Calibrations;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import io.github.nanohooke.tensor.TensorFrame;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A trained network as a constitutive law: images of relaxed structures in, elastic tensors out.
 *
 * <p>Any number of threads may call one surrogate. {@link SurrogateOptions#sessions()} calls compute at once, the
 * others wait in turn; a call shares its images among {@link SurrogateOptions#threads()} threads. Results depend
 * neither on that nor on how images are split into calls. A call of any size takes the memory of
 * {@link SurrogateOptions#batch()} images; with {@link SurrogateOptions#average()} of eight at least, the orientations
 * of one structure, and a {@link #gradient} then always of eight with their activations kept.
 *
 * <p>Images must have solid pixels and the size of the network, {@link #resolution()} (others are resampled where
 * {@link SurrogateOptions#resample()} asks for it). All images of a call are checked before the first is computed:
 * <ul>
 * <li>{@link ImageException}: an image has another size, is not square or has no solid pixel; which one is said;</li>
 * <li>{@link IllegalArgumentException}: an array or buffer is too short, a packed image has bits beyond its width;</li>
 * <li>{@link SurrogateException}: the network's result is not finite;</li>
 * <li>{@link IllegalStateException}: the surrogate is closed.</li>
 * </ul>
 *
 * <p>A network gives a number for every image. Whether the number is good it cannot say: it has learnt from relaxed
 * structures of one metal in square cells of one size. {@link #assess} looks at the image beside it, {@link #predict}
 * does not.
 */
public final class ElasticSurrogate implements AutoCloseable {
    private static final int N = ElasticConstants.COUNT;
    private static final List<SquareSymmetry> ORIENTATIONS = List.of(SquareSymmetry.values());

    private final String name;
    private final ModelFile model;
    private final SurrogateOptions options;
    private final String description;
    private final List<SquareSymmetry> symmetries;
    private final SessionPool inference;
    /** For every structure in its eight orientations: {@link #inference} itself but for smaller batches than these. */
    private final SessionPool orientations;
    /** Gradients need activations kept and are rare: one session, which most surrogates never open. */
    private final SessionPool differentiation;
    private final NetworkImages input;
    private final NetworkAnswers answers;
    private String identity;

    private ElasticSurrogate(String name, ModelFile model, SurrogateOptions options) {
        this.name = name;
        this.model = model;
        this.options = options;
        this.answers = new NetworkAnswers(name);
        this.input = new NetworkImages(resolution(), packedBytes(), options.resample());
        this.symmetries = options.average() ? ORIENTATIONS : List.of(SquareSymmetry.IDENTITY);
        SessionOpener opener = new SessionOpener(name, model, options, Backends.open(options.backend()));
        int images = Math.max(options.batch(), symmetries.size());
        this.inference = opener.inference(images);
        this.orientations = images >= ORIENTATIONS.size() ? inference : opener.inference(ORIENTATIONS.size());
        this.differentiation = opener.differentiation(symmetries.size());
        // The first session is opened here, so that what does not fit is found now and not in the first prediction.
        this.description = inference.call(SessionWorker::describe);
    }

    /**
     * Loads a model with {@link SurrogateOptions#defaults()}.
     *
     * @see #load(Path, SurrogateOptions)
     */
    public static ElasticSurrogate load(Path model) {
        return load(model, SurrogateOptions.defaults());
    }

    /**
     * Loads a model.
     *
     * @param model a file that {@link ModelFile#write} wrote
     * @throws SurrogateException when the file is no model of this program
     * @throws io.github.nanohooke.nn.NetworkException when the file is missing, truncated or damaged, or the backend
     *     cannot compute this network
     * @throws io.github.nanohooke.nn.BackendUnavailableException when the backend does not exist or cannot run here
     */
    public static ElasticSurrogate load(Path model, SurrogateOptions options) {
        return new ElasticSurrogate(model.toString(), ModelFile.read(model), options);
    }

    /**
     * Loads a model as {@link #load(Path, SurrogateOptions)} or, where no file is named, as
     * {@link #loadDefault(SurrogateOptions, Shows)}.
     */
    public static ElasticSurrogate load(Optional<Path> model, SurrogateOptions options, Shows shows) {
        return model.map(file -> load(file, options)).orElseGet(() -> loadDefault(options, shows));
    }

    /**
     * Loads the model of the environment variable NANOHOOKE_MODEL or, where that is not set, that of the
     * artefact nanohooke-model-al.
     *
     * @throws io.github.nanohooke.MissingLibraryException when there is neither; else as {@link #load(Path,
     *         SurrogateOptions)}
     */
    public static ElasticSurrogate loadDefault(SurrogateOptions options) {
        return loadDefault(options, Shows.RELAXED);
    }

    /**
     * As {@link #loadDefault(SurrogateOptions)}, the one for images that show this, where the artefact has one of its
     * own; {@link #shows()} tells what it learnt from.
     */
    public static ElasticSurrogate loadDefault(SurrogateOptions options, Shows shows) {
        DefaultModel found = shows == Shows.RELAXED ? DefaultModel.find(System.getenv(), DefaultModel.shipped())
                : DefaultModel.findForDesigned(System.getenv(), DefaultModel.shippedForDesigned(),
                        DefaultModel.shipped());
        return new ElasticSurrogate(found.name(), found.model(), options);
    }

    /**
     * A model that is in memory, for example one just trained.
     *
     * @param name  for messages
     * @param model its parameters must not be changed afterwards
     */
    public static ElasticSurrogate of(String name, ModelFile model, SurrogateOptions options) {
        return new ElasticSurrogate(name, model, options);
    }

    /** Where the model comes from: its file, for messages and provenance. */
    public String name() {
        return name;
    }

    /** The same for all networks that answer alike and are as sure of it, whatever they are called: for keys. */
    synchronized String identity() {
        if (identity == null) {
            identity = NetworkIdentity.of(model);
        }
        return identity;
    }

    /** The network. */
    public NetworkDefinition definition() {
        return model.definition();
    }

    /** How the model was trained, see {@link ModelFile}. */
    public Map<String, String> provenance() {
        return model.provenance();
    }

    /** Errors that were measured after training, see {@link ModelFile}. */
    public Map<String, Double> metrics() {
        return model.metrics();
    }

    /** The axes of the tensors that it predicts. */
    public TensorFrame frame() {
        return model.frame();
    }

    /** Errors on structures that the model never saw, of predictions as this surrogate makes them, where it tells. */
    public Optional<TestErrors> testErrors() {
        return testErrors(shows());
    }

    /** As {@link #testErrors()}, of images of the relaxed or the designed structures. */
    public Optional<TestErrors> testErrors(Shows shown) {
        return TestErrors.of(model.metrics(), options.average(), shown == Shows.DESIGNED && shows() != Shows.DESIGNED);
    }

    /** What the images show that it learnt from. */
    public Shows shows() {
        return Shows.of(model.provenance());
    }

    /** From the network's raw numbers to constants. */
    public OutputHead head() {
        return model.head();
    }

    /** The constants that it has learnt from. */
    public TrainingConstants trainingConstants() {
        return TrainingConstants.of(model);
    }

    /** Root of the mean squared distance of the training constants from their mean [GPa]. */
    double spreadOfTraining() {
        return trainingConstants().statistics().scale();
    }

    /** How far its predictions may be off, where its file tells: of what images show, as this surrogate predicts. */
    public Optional<Calibration> calibration(Shows shown) {
        return Calibrations.of(model).of(shown, options.average());
    }

    /**
     * The elastic tensor of one structure with its outcome, uncertainty, expected error and warnings. It takes the
     * work of eight images.
     */
    public Prediction assess(StructureImage image) {
        return assess(image, shows());
    }

    /** As {@link #assess(StructureImage)}, of an image of the relaxed or the designed structure. */
    public Prediction assess(StructureImage image, Shows shown) {
        return PredictionCheck.of(this, shown).of(image, estimate(List.of(image)).get(0), image.porosity());
    }

    /**
     * The constants of many structures, those of {@link #predict} to rounding, with the spread of the network's answers
     * for their eight orientations. It takes the work of eight images each, which with
     * {@link SurrogateOptions#average()} is no more than the prediction alone.
     */
    public List<Estimate> estimate(List<StructureImage> images) {
        Estimate[] estimates = new Estimate[images.size()];
        run(orientations, ORIENTATIONS, images.size(), images::get, (worker, at, i) -> {
            double[] constants = new double[N];
            double[] spreads = new double[N];
            worker.estimate(at, options.average(), constants, spreads);
            answers.requireFinite(constants, NetworkImages.place(i, images.size()));
            estimates[i] = new Estimate(constants, spreads);
        });
        return List.of(estimates);
    }

    /** What computes: backend, library, instruction set and threads. */
    public String backend() {
        return description;
    }

    /** Pixels along an edge of the images. */
    public int resolution() {
        return model.definition().input().width();
    }

    /** The elastic tensor of one structure. */
    public ElasticTensor predict(StructureImage image) {
        double[] constants = new double[N];
        predict(List.of(image), constants);
        return ElasticConstants.toTensor(constants);
    }

    /** The elastic tensors of many structures, in their order. */
    public List<ElasticTensor> tensors(List<StructureImage> images) {
        double[] constants = new double[images.size() * N];
        predict(images, constants);
        return IntStream.range(0, images.size()).mapToObj(k -> ElasticConstants.toTensor(Arrays.copyOfRange(constants,
                k * N, (k + 1) * N))).toList();
    }

    /**
     * The constants of many structures.
     *
     * @param images    any number
     * @param constants receives thirteen numbers an image [GPa], in the order of {@link ElasticConstants}
     */
    public void predict(List<StructureImage> images, double[] constants) {
        NetworkAnswers.requireRoom(constants.length, images.size());
        predict(images.size(), images::get, (image, values) -> System.arraycopy(values, 0, constants, image * N, N));
    }

    /**
     * As {@link #predict(List, double[])}, for images of the network's own size in the form of
     * {@link StructureImage#packed()}.
     *
     * @param packed count images one after the other, {@link #packedBytes()} bytes each
     */
    public void predict(byte[] packed, int count, double[] constants) {
        predict(ByteBuffer.wrap(packed), count, DoubleBuffer.wrap(constants));
    }

    /**
     * As {@link #predict(byte[], int, double[])}, from and into buffers of any kind, direct ones included: from
     * position to position, which stay where they are. A caller that has bytes for the constants gives
     * {@link ByteBuffer#asDoubleBuffer()}, in the byte order that it wants.
     */
    public void predict(ByteBuffer packed, int count, DoubleBuffer constants) {
        if (count < 0 || packed.remaining() < (long) count * packedBytes()) {
            throw new IllegalArgumentException(count + " packed images of " + resolution() + " x " + resolution()
                    + " pixels need " + (long) count * packedBytes() + " bytes, there are " + packed.remaining());
        }
        if (constants.isReadOnly()) {
            throw new IllegalArgumentException("the buffer for the constants is read-only");
        }
        NetworkAnswers.requireRoom(constants.remaining(), count);
        int from = packed.position();
        int to = constants.position();
        predict(count, image -> input.unpacked(packed, from + image * packedBytes()),
                (image, values) -> constants.put(to + image * N, values));
    }

    /**
     * Says whether {@link #predict} would take an image, without computing anything.
     *
     * @throws ImageException when it would not, with the reason
     */
    public void requireUsable(StructureImage image) {
        input.requireUsable(0, 1, image);
    }

    /** Bytes of one packed image. */
    public int packedBytes() {
        return model.definition().input().packedBytes();
    }

    /**
     * How a constant changes with the pixels of an image: its derivative by the value of every pixel, 1 where solid and
     * 0 where pore, as if the network were given values in between. At the kinks of ReLU and max pool it is that of one
     * side.
     *
     * @param image    of the network's size, or resampled if that was asked for; then the gradient is the resampled
     *                 image's
     * @param constant its name, for example {@code C11}; see {@link ElasticConstants#names()}
     * @return [row][column], {@link #resolution()} squared values [GPa]
     * @throws IllegalArgumentException when there is no such constant
     */
    public double[] gradient(StructureImage image, String constant) {
        return gradients(image, ElasticConstants.indexOf(constant))[0];
    }

    /**
     * As {@link #gradient}, of all constants, for which the network goes forward once.
     *
     * @return [constant][row * {@link #resolution()} + column], in the order of {@link ElasticConstants} [GPa]
     */
    public double[][] jacobian(StructureImage image) {
        return gradients(image, IntStream.range(0, N).toArray());
    }

    private double[][] gradients(StructureImage image, int... constants) {
        differentiation.requireOpen();
        requireUsable(image);
        double[][] gradients = differentiation.call(worker ->
                worker.oriented(symmetries).gradients(input.sized(image), constants));
        for (int k = 0; k < constants.length; k++) {
            answers.requireFinite(gradients[k], constants[k]);
        }
        return gradients;
    }

    /** Waits for the calls under way, then frees everything. Closing twice does nothing. */
    @Override
    public void close() {
        inference.close();
        orientations.close();
        differentiation.close();
    }

    @Override
    public String toString() {
        return name + ": network " + model.definition().name() + ", " + model.definition().parameters().count()
                + " parameters, " + description;
    }

    /** Receives the constants of one image. */
    @FunctionalInterface
    private interface Sink {
        void put(int image, double[] constants);
    }

    private void predict(int count, IntFunction<StructureImage> images, Sink sink) {
        run(inference, symmetries, count, images, (worker, at, i) -> {
            double[] constants = new double[N];
            worker.constants(at, constants);
            answers.requireFinite(constants, NetworkImages.place(i, count));
            sink.put(i, constants);
        });
    }

    /** Reads the result of image i, which is at a place of a worker's batch. */
    @FunctionalInterface
    private interface Reader {
        void read(SessionWorker worker, int at, int i);
    }

    private void run(SessionPool pool, List<SquareSymmetry> each, int count, IntFunction<StructureImage> images,
            Reader reader) {
        pool.requireOpen();
        for (int i = 0; i < count; i++) {
            input.requireUsable(i, count, images.apply(i));
        }
        pool.call(free -> {
            SessionWorker worker = free.oriented(each);
            for (int from = 0; from < count; from += worker.capacity()) {
                int to = Math.min(from + worker.capacity(), count);
                for (int i = from; i < to; i++) {
                    worker.load(i - from, input.sized(images.apply(i)));
                }
                worker.run(to - from);
                for (int i = from; i < to; i++) {
                    reader.read(worker, i - from, i);
                }
            }
            return null;
        });
    }
}
