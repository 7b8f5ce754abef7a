// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.plan;

import io.github.nanohooke.dataset.DatasetException;
import java.util.Map;
import java.util.Optional;

/**
 * One of several equal shares of a dataset's shards, from one shard on: those whose distance from it leaves the
 * remainder {@code number} when divided by {@code of}.
 *
 * @param number from 0
 * @param of     how many shares there are
 * @param first  shard; those before it are left to others
 */
public record Share(int number, int of, int first) {

    /** @throws DatasetException when the number is not one of 0 to of - 1, or the first shard is negative */
    public Share {
        if (first < 0) {
            throw new DatasetException("shards are counted from 0, got " + first);
        }
        if (of < 1 || number < 0 || number >= of) {
            throw new DatasetException("shares are 0/N to N-1/N, got " + number + "/" + of);
        }
    }

    /** A share of all shards. */
    public Share(int number, int of) {
        this(number, of, 0);
    }

    /**
     * The same share of what begins with a sample.
     *
     * @throws DatasetException when no shard begins with it
     */
    public Share from(long index, DatasetPlan plan) {
        if (index < 0 || index >= plan.count() || index % plan.shardSize() != 0) {
            throw new DatasetException("no shard begins with sample " + index + ": there are " + plan.count()
                    + " samples in shards of " + plan.shardSize() + "; take a multiple of that");
        }
        return new Share(number, of, (int) (index / plan.shardSize()));
    }

    /** The whole dataset. */
    public static Share whole() {
        return new Share(0, 1);
    }

    /** Reads {@code i/N}. */
    public static Share parse(String text) {
        try {
            String[] parts = text.strip().split("/", -1);
            if (parts.length == 2) {
                return new Share(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
            }
        } catch (NumberFormatException e) {
            throw new DatasetException("a share is written i/N, for example 0/4, got '" + text + "'", e);
        }
        throw new DatasetException("a share is written i/N, for example 0/4, got '" + text + "'");
    }

    /**
     * The share of a task of a Slurm array, by its place among the array's indices; empty outside of one.
     *
     * @param environment with SLURM_ARRAY_TASK_ID, _MIN, _MAX, _STEP and _COUNT; what is missing is guessed, see
     *                    {@link #guessesSlurmArray}
     * @throws DatasetException when the array has gaps, as {@code --array=4,8,15} has: places then say nothing
     */
    public static Optional<Share> ofSlurmArray(Map<String, String> environment) {
        if (!environment.containsKey("SLURM_ARRAY_TASK_ID")) {
            return Optional.empty();
        }
        int id = number(environment, "SLURM_ARRAY_TASK_ID", 0);
        int min = number(environment, "SLURM_ARRAY_TASK_MIN", 0);
        int max = number(environment, "SLURM_ARRAY_TASK_MAX", id);
        int step = Math.max(1, number(environment, "SLURM_ARRAY_TASK_STEP", 1));
        int count = number(environment, "SLURM_ARRAY_TASK_COUNT", (max - min) / step + 1);
        if (count != (max - min) / step + 1 || (id - min) % step != 0) {
            throw new DatasetException("the Slurm array from " + min + " to " + max + " has gaps (" + count
                    + " tasks), so a task's place in it does not tell its share; say --shard"
                    + " $SLURM_ARRAY_TASK_ID/N with the N of the first submission");
        }
        return Optional.of(new Share((id - min) / step, count));
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        String value = environment.get(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new DatasetException(name + " is not a number: '" + value + "'", e);
        }
    }

    /** Whether the environment leaves open how many tasks the array has, so that {@link #ofSlurmArray} guesses. */
    public static boolean guessesSlurmArray(Map<String, String> environment) {
        return !environment.containsKey("SLURM_ARRAY_TASK_COUNT");
    }

    /** How many shards of a plan it has; none where there are more shares than shards. */
    public int shardsOf(DatasetPlan plan) {
        int shards = Math.max(0, plan.shards() - first);
        return shards / of + (number < shards % of ? 1 : 0);
    }

    @Override
    public String toString() {
        return number + "/" + of + (first == 0 ? "" : " from shard " + first + " on");
    }

    /** Whether a shard is in it. */
    public boolean has(int shard) {
        return shard >= first && (shard - first) % of == number;
    }

    /** Whether it is all that there is. */
    public boolean isWhole() {
        return of == 1 && first == 0;
    }
}
