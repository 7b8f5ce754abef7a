// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import java.util.List;
import java.util.Map;

/**
 * Whether a method can run on this machine, and why not if it cannot.
 *
 * @param usable   whether the method can be opened
 * @param facts    what is known of the library in use: file, version, packages, ... in the order to be shown
 * @param rejected every candidate that was looked at and not taken, with the reason
 * @param remedy   what to do where it is not usable; empty where it is
 */
public record Availability(boolean usable, Map<String, String> facts, List<String> rejected, String remedy) {
}
