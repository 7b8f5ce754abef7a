// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A command line of pairs {@code --name value}. */
final class Words {
    private final Map<String, String> values = new HashMap<>();

    /** @throws IllegalArgumentException when it is another one */
    Words(String[] words) {
        for (int i = 0; i < words.length; i += 2) {
            if (!words[i].startsWith("--") || i + 1 == words.length) {
                throw new IllegalArgumentException("pairs of --name and value are expected, got "
                        + String.join(" ", words));
            }
            values.put(words[i].substring(2), words[i + 1]);
        }
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /** @throws IllegalArgumentException when it is not given */
    Path path(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("--" + name + " is missing");
        }
        return Path.of(values.get(name));
    }

    /** A file that need not be given. */
    Optional<Path> named(String name) {
        return Optional.ofNullable(values.get(name)).map(Path::of);
    }

    double number(String name, double otherwise) {
        return values.containsKey(name) ? Double.parseDouble(values.get(name)) : otherwise;
    }
}
