// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.Share;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which share of a dataset a run makes, and why that one.
 *
 * @param reason for people
 */
record ShareChoice(Share share, String reason) {
    private static final Logger LOG = LoggerFactory.getLogger(ShareChoice.class);

    /**
     * The share that the user named; else the place of a Slurm task in its array, which is logged; else everything.
     *
     * @param named null where none was
     */
    static ShareChoice of(String named, Map<String, String> environment) {
        if (named != null) {
            return new ShareChoice(Share.parse(named), "--shard");
        }
        Optional<Share> place = Share.ofSlurmArray(environment);
        if (place.isEmpty()) {
            return new ShareChoice(Share.whole(), "no --shard and no Slurm array");
        }
        String reason = "the task's place in its Slurm array, SLURM_ARRAY_TASK_ID="
                + environment.get("SLURM_ARRAY_TASK_ID");
        if (Share.guessesSlurmArray(environment)) {
            String guess = reason + "; SLURM_ARRAY_TASK_COUNT is not set, so that the array has " + place.get().of()
                    + " tasks is a guess";
            LOG.warn("making share {} of the shards: {}. Where it is wrong, shards are left out; is this an array's"
                    + " task"
                    + " at all? --shard I/N says what to make", place.get(), guess);
            return new ShareChoice(place.get(), guess);
        }
        LOG.info("making share {} of the shards: {}; --shard I/N says otherwise", place.get(), reason);
        return new ShareChoice(place.get(), reason);
    }

    /** @throws BadUsageException when the share has no shard: making nothing is no success */
    void requireWork(DatasetPlan plan) {
        if (share.shardsOf(plan) == 0) {
            throw new BadUsageException("share " + share + " (from " + reason
                    + ") has nothing to make: the dataset has "
                    + plan.shards() + " shard(s) of " + plan.shardSize() + " samples, one share each at most. Use fewer"
                    + " shares, a smaller --shard-size, or --shard 0/1 for everything");
        }
    }
}
