// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The name that was probably meant. */
public final class NearestName {
    private NearestName() {
    }

    /** Words to end a complaint with: the nearest name where one is near, and all of them. */
    public static String hint(String given, List<String> known) {
        String nearest = known.stream().min(Comparator.comparingInt(name -> distance(given, name))).orElse("");
        boolean near = !nearest.isEmpty() && distance(given, nearest) <= Math.max(2, given.length() / 2);
        return (near ? "; did you mean \"" + nearest + "\"?" : ";") + " Known here: " + String.join(", ", known);
    }

    /** Letters to insert, remove or replace, whatever their case (Levenshtein 1966). */
    public static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(diagonal + change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
