// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.nn.Backend;
import io.github.nanohooke.nn.NetworkSession;
import io.github.nanohooke.nn.SessionOptions;
import io.github.nanohooke.nn.SessionOptions.Mode;
import io.github.nanohooke.surrogate.model.ModelFile;

/** Makes the sessions of one model: for inference, and with activations kept for gradients. */
record SessionOpener(String name, ModelFile model, SurrogateOptions options, Backend backend) {

    /** Sessions whose batches are of so many images. */
    SessionPool inference(int images) {
        return new SessionPool(name, options.sessions(), () -> open(Mode.INFERENCE, images));
    }

    /** One session for gradients of so many images at once. */
    SessionPool differentiation(int images) {
        return new SessionPool(name, 1, () -> open(Mode.TRAINING, images));
    }

    private SessionWorker open(Mode mode, int images) {
        SessionOptions wanted = SessionOptions.of(mode, images).withThreads(options.threads())
                .withInstructionSet(options.instructionSet()).withDevice(options.device())
                .withPrecision(options.precision());
        NetworkSession session = backend.open(model.definition(), wanted);
        try {
            session.setParameters(model.parameters());
            return new SessionWorker(session, model.head());
        } catch (RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }
}
