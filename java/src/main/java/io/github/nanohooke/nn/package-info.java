// SPDX-License-Identifier: Apache-2.0
/**
 * Convolutional networks: what they are ({@link io.github.nanohooke.nn.NetworkDefinition}), and who computes them
 * ({@link io.github.nanohooke.nn.Backend}).
 *
 * <p>The package knows arrays and bit-packed images, and the symmetries of the square that move them. What the numbers
 * mean, and in which units they are, is the business of the surrogate package.
 *
 * <pre>{@code
 * NetworkDefinition network = Presets.periodic();
 * Backend backend = Backends.open("cpu");
 * try (NetworkSession session = backend.open(network, SessionOptions.training(128))) {
 *     session.setParameters(Initialisation.he(network, 1));
 *     double loss = session.trainStep(ImageBatch.bits(128, images), targets, 1e-4f);
 * }
 * }</pre>
 */
package io.github.nanohooke.nn;
