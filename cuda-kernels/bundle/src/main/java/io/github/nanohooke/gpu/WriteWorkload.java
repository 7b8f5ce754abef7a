// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.Backends;
import io.github.nanohooke.nn.Layer;
import io.github.nanohooke.nn.NetworkDefinition;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.ParameterTable;
import io.github.nanohooke.nn.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes networks for other frameworks, a folder each: {@code network.json}, and as little-endian numbers
 * {@code parameters.f32}, {@code images.u8} (one byte a pixel), {@code targets.f32} to time; {@code checked.u8}, images
 * without ties between equal pixels' maxima, and with the first targets what the backend {@code cpu} makes of each by
 * itself: {@code results.f32}, {@code gradient.f32}, and the losses in network.json.
 */
final class WriteWorkload extends BundleStep {
    /** Images that are checked. */
    static final int CHECKED = 5;
    /** Images that are timed; larger batches repeat them. */
    static final int IMAGES = 128;

    private WriteWorkload(String[] arguments) {
        super("workload", arguments);
    }

    public static void main(String[] arguments) {
        new WriteWorkload(arguments).run();
    }

    @Override
    void work(Backend cuda) throws IOException {
        Backend cpu = Backends.open("cpu");
        for (String name : words.text("networks", "periodic,paper").split(",")) {
            Workload work = Workload.ofStructures(name, IMAGES);
            write(Files.createDirectories(words.path("to").resolve(name)), work, cpu);
        }
        findings.headline("%d images, %d of them checked", IMAGES, CHECKED);
    }

    private static void write(Path folder, Workload work, Backend cpu) throws IOException {
        NetworkDefinition definition = work.definition();
        Workload checked = Workload.ofNoise(definition, CHECKED, 1);
        float[] results = new float[CHECKED * definition.outputs()];
        float[] gradients = new float[CHECKED * definition.parameters().count()];
        double[] losses = new double[CHECKED];
        Map<String, Object> network = new LinkedHashMap<>();
        SessionOptions options = SessionOptions.training(CHECKED)
                .withThreads(Runtime.getRuntime().availableProcessors());
        try (NetworkSession session = cpu.open(definition, options)) {
            session.setParameters(work.parameters());
            session.forward(checked.batch(0, CHECKED), results);
            for (int i = 0; i < CHECKED; i++) {
                losses[i] = session.trainStep(checked.batch(i, 1), work.targets(i, 1), 0);
                float[] gradient = session.gradient();
                System.arraycopy(gradient, 0, gradients, i * gradient.length, gradient.length);
            }
        }
        network.put("losses", losses);
        write(folder.resolve("gradient.f32"), gradients);
        write(folder.resolve("results.f32"), results);
        write(folder.resolve("parameters.f32"), work.parameters());
        write(folder.resolve("targets.f32"), work.targets(0, IMAGES));
        Files.write(folder.resolve("images.u8"), pixels(work));
        Files.write(folder.resolve("checked.u8"), pixels(checked));
        network.put("pixels", definition.input().width());
        network.put("images", IMAGES);
        network.put("checked", CHECKED);
        network.put("outputs", definition.outputs());
        network.put("layers", layers(definition));
        network.put("blocks", blocks(definition));
        Files.write(folder.resolve("network.json"), new ObjectMapper().writeValueAsBytes(network));
    }

    /** One byte a pixel. */
    private static byte[] pixels(Workload work) {
        int pixels = work.definition().input().width();
        int stride = (pixels + 7) / 8;
        byte[] bytes = new byte[work.size() * pixels * pixels];
        for (int p = 0; p < bytes.length; p++) {
            int inImage = p % (pixels * pixels);
            int column = inImage % pixels;
            byte packed = work.image(p / (pixels * pixels))[inImage / pixels * stride + column / 8];
            bytes[p] = (byte) (packed >> column % 8 & 1);
        }
        return bytes;
    }

    private static List<Map<String, Object>> layers(NetworkDefinition definition) {
        List<Map<String, Object>> layers = new ArrayList<>();
        for (Layer layer : definition.layers()) {
            if (layer instanceof Layer.Convolution c) {
                layers.add(Map.of("type", "convolution", "kernel", c.kernel(), "outputs", c.outputs(), "periodic",
                        c.padding() == Padding.PERIODIC));
            } else if (layer instanceof Layer.Dense d) {
                layers.add(Map.of("type", "dense", "outputs", d.outputs()));
            } else {
                layers.add(Map.of("type", layer instanceof Layer.Relu ? "relu" : "pool"));
            }
        }
        return layers;
    }

    private static List<Map<String, Object>> blocks(NetworkDefinition definition) {
        List<Map<String, Object>> blocks = new ArrayList<>();
        for (ParameterTable.Block block : definition.parameters().blocks()) {
            blocks.add(Map.of("name", block.name(), "shape", block.shape(), "offset", block.offset(), "count",
                    block.count()));
        }
        return blocks;
    }

    private static void write(Path file, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }
}
