#!/bin/bash
# A nanohooke dataset with GNU parallel: @TASKS@ shares, as many at once as there are groups of @CPUS@ cores. Shares that end
# with an error are run once more; a second call of this script goes on, since a share does only what is missing.
# On several machines that share the folder, add: --sshloginfile NODES --workdir "$PWD"
exec parallel --jobs "$(($(nproc) / @CPUS@ > 0 ? $(nproc) / @CPUS@ : 1))" --retries 2 --line-buffer \
  --tag --quote \
  @LAUNCHER@ dataset @ARGUMENTS@ --shard '{}/@TASKS@' --workers @CPUS@ ::: $(seq 0 @LAST@)
