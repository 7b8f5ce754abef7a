// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.nn.file.DefinitionJson;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.data.TrainingDomain;
import io.github.nanohooke.surrogate.model.Json;
import io.github.nanohooke.surrogate.model.ModelFile;
import io.github.nanohooke.surrogate.model.TrainingConstants;
import io.github.nanohooke.surrogate.trust.Calibrations;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network by the content that decides what it answers and how sure it is of it, and not by its name: a file may hold
 * other weights tomorrow, and two files the same.
 */
final class NetworkIdentity {
    /** Parameters that are turned into bytes at once. */
    private static final int CHUNK = 1 << 16;

    private NetworkIdentity() {
    }

    /** SHA-256 of network, head, parameters, what it has learnt from, calibrations and measured errors. */
    static String of(ModelFile model) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Map<String, String> provenance = model.provenance();
            Map<String, String> decisive = new TreeMap<>(Shows.of(provenance).provenance());
            TrainingDomain.of(provenance).ifPresent(domain -> decisive.putAll(domain.provenance()));
            decisive.put("network", DefinitionJson.write(model.definition()));
            decisive.put("head", Json.write(model.head()));
            decisive.put(TrainingConstants.KEY, Json.write(TrainingConstants.of(model).statistics()));
            decisive.put(ModelFile.FRAME, model.frame().label());
            decisive.put("knows cuts", Boolean.toString(TrainingDomain.knowsCuts(provenance)));
            decisive.put(Calibrations.KEY, provenance.getOrDefault(Calibrations.KEY, ""));
            decisive.put("errors", Json.write(new TreeMap<>(model.metrics())));
            digest.update(Json.write(decisive).getBytes(StandardCharsets.UTF_8));
            update(digest, model.parameters());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void update(MessageDigest digest, float[] parameters) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * CHUNK);
        for (int from = 0; from < parameters.length; from += CHUNK) {
            int count = Math.min(CHUNK, parameters.length - from);
            bytes.asFloatBuffer().put(parameters, from, count);
            digest.update(bytes.array(), 0, Float.BYTES * count);
        }
    }
}
