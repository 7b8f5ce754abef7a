#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# A dataset on a real Slurm: two nodes on this machine, an array of tasks, one task killed, one stopped by a signal, one
# node lost. Passes when the merged dataset equals, byte for byte, the one of a single serial run.
#
#   test-data/slurm/two-node-test.sh          as root, with Debian's slurmd slurmctld slurm-client munge; 3 to 5 minutes
#
# Environment: NANOHOOKE (the launcher; default: this checkout's), METHOD (default hessian), COUNT (48), KEEP=1 keeps
# the temporary folder. Nothing outside of that folder is touched; every daemon is ended by its process id.
# shellcheck disable=SC2016 # conditions of wait_for are evaluated again and again
set -euo pipefail

here=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")
nanohooke=${NANOHOOKE:-$here/../../nanohooke}
method=${METHOD:-hessian}
count=${COUNT:-48}
tasks=4
daemons=()

say() { printf 'two-node-test: %s\n' "$*" >&2; }
fail() {
  say "FAILED: $*"
  for log in "$state"/log/*.log "$state"/job-*.log; do
    [ -e "$log" ] && { say "--- end of $log"; tail -n 15 "$log" >&2; }
  done
  exit 1
}

missing=()
for command in munged slurmctld slurmd sbatch pgrep ps; do
  command -v "$command" >/dev/null || missing+=("$command")
done
if [ "${#missing[@]}" -gt 0 ]; then
  say "skipped, not here: ${missing[*]}; apt-get install slurmd slurmctld slurm-client munge procps"
  exit 77
fi
if [ "$(id -u)" -ne 0 ]; then
  say "skipped: starting Slurm's daemons needs root"
  exit 77
fi

state=$(mktemp -d "${TMPDIR:-/tmp}/nanohooke-slurm-XXXXXX")
export SLURM_CONF=$state/slurm.conf
export TMPDIR=$state # scratch of tasks that are lost goes with it

descendants() {
  local child
  for child in $(ps -o pid= --ppid "$1"); do
    descendants "$child"
    echo "$child"
  done
}
cleanup() {
  set +e
  scancel --me >/dev/null 2>&1
  sleep 2
  for pid in "${daemons[@]}"; do
    kill "$pid" 2>/dev/null
  done
  sleep 2
  for pid in "${daemons[@]}"; do
    kill -9 "$pid" 2>/dev/null
  done
  # Step managers detach from their slurmd; they carry the spool folder of this test in their command or environment.
  for pid in $(pgrep -x slurmstepd); do
    # shellcheck disable=SC2046 # process ids
    grep -qz "^SLURM_CONF=$SLURM_CONF$" "/proc/$pid/environ" 2>/dev/null && kill -9 $(descendants "$pid") "$pid" 2>/dev/null
  done
  if [ "${KEEP:-0}" = 1 ]; then say "kept $state"; else rm -rf "$state"; fi
}
trap cleanup EXIT

# --- the cluster ------------------------------------------------------------------------------------------------
host=$(hostname -s)
mkdir -p "$state"/{log,control,spooln1,spooln2}
chmod 755 "$state"
dd if=/dev/urandom of="$state/munge.key" bs=128 count=1 status=none
chmod 600 "$state/munge.key"
cat >"$SLURM_CONF" <<END
ClusterName=nanohooke
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=17001
SlurmdPort=17002
AuthType=auth/munge
AuthInfo=socket=$state/munge.sock,cred_expire=5
CredType=cred/munge
SlurmUser=root
SlurmdUser=root
StateSaveLocation=$state/control
SlurmdSpoolDir=$state/spool%n
SlurmctldPidFile=$state/slurmctld.pid
SlurmdPidFile=$state/slurmd-%n.pid
SlurmctldLogFile=$state/log/slurmctld.log
SlurmdLogFile=$state/log/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
JobRequeue=1
RequeueExit=99
KillWait=30
SlurmdTimeout=20
SchedulerParameters=bf_interval=5,sched_interval=5
SlurmdParameters=config_overrides
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=17003 CPUs=1 RealMemory=1000
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=17004 CPUs=1 RealMemory=1000
PartitionName=main Nodes=n1,n2 Default=YES MaxTime=60 State=UP
END

munged --foreground --force --key-file="$state/munge.key" --socket="$state/munge.sock" \
  --pid-file="$state/munged.pid" --seed-file="$state/munged.seed" --log-file="$state/log/munged.log" 2>"$state/log/munged.out.log" &
daemons+=($!)
for ((i = 0; i < 50; i++)); do [ -S "$state/munge.sock" ] && break; sleep 0.1; done
slurmctld -D -f "$SLURM_CONF" >"$state/log/slurmctld.out.log" 2>&1 &
daemons+=($!)
start_node() {
  slurmd -D -N "$1" -f "$SLURM_CONF" >"$state/log/slurmd-$1.out.log" 2>&1 &
  node_pid[$1]=$!
  daemons+=($!)
}
declare -A node_pid
start_node n1
start_node n2
idle_nodes() { sinfo -h -N -t idle -o %N 2>/dev/null | wc -l; }
for ((i = 0; i < 60; i++)); do [ "$(idle_nodes)" -eq 2 ] && break; sleep 1; done
[ "$(idle_nodes)" -eq 2 ] || fail "the two nodes did not come up"
say "Slurm $(sbatch --version | cut -d' ' -f2), two nodes are up"

# --- the dataset, serially and as an array ------------------------------------------------------------------------
arguments=(--kind mixed --count "$count" --seed 3 --method "$method" --shard-size 2)
say "serial run of $count samples"
"$nanohooke" dataset "${arguments[@]}" --out "$state/serial" --workers 1 --quiet >/dev/null || fail "the serial run failed"

array=$state/array
"$nanohooke" dataset script --slurm --tasks "$tasks" --cpus 1 --launcher "$(readlink -f "$nanohooke")" -- \
  "${arguments[@]}" --out "$array" --quiet >"$state/job"
job=$(sbatch --parsable --mem=0 --output="$state/job-%a.log" "$state/job") || fail "sbatch refused the script"
say "array $job of $tasks tasks"

restarts() { grep -c 'restart [1-9]' "$state/job-$1.log" 2>/dev/null || true; }
# The process of a task's run: the JVM that has this task's share on its command line, not its workers.
task_run() { pgrep -f -- "--out $array .*--shard $1/$tasks " | head -n 1; }
samples_in() { cat "$array"/journals/*.jsonl 2>/dev/null | wc -l; }
wait_for() { # seconds, what, test
  local end=$((SECONDS + $1))
  until eval "$3"; do
    [ "$SECONDS" -lt "$end" ] || fail "waited $1 s for $2"
    sleep 0.2
  done
}

# 1. kill -9 of a whole run inside its task: the task ends with an error and is submitted again by hand below.
wait_for 120 "task 0 to make something" '[ -n "$(task_run 0)" ] && [ "$(samples_in)" -ge 1 ]'
kill -9 "$(task_run 0)" && say "killed the run of task 0"

# 2. SIGTERM to a run: it ends with 99, and Slurm runs the task again.
wait_for 120 "task 1 to run" '[ -n "$(task_run 1)" ]'
kill -TERM "$(task_run 1)" && say "stopped the run of task 1"
wait_for 120 "task 1 to be run again" '[ "$(restarts 1)" -ge 1 ]'
grep -q 'stopped; finished samples are kept' "$state/job-1.log" || fail "task 1 did not end by itself"
say "task 1 runs again"

# 3. A node is lost with everything on it: that of a task which runs now, task 1 if nothing else does.
wait_for 180 "a task that runs" '[ -n "$(squeue -h -t RUNNING -o %i)" ]'
read -r lost node < <(squeue -h -t RUNNING -o '%i %N')
before=$(restarts "${lost#*_}")
victims=("${node_pid[$node]}")
for pid in $(pgrep -x slurmstepd); do
  if pgrep -P "$pid" -f "$state/spool$node" >/dev/null; then
    # The step's manager before its job: it must not live to report the job's end.
    # shellcheck disable=SC2207 # process ids
    victims+=("$pid" $(descendants "$pid"))
  fi
done
kill -9 "${victims[@]}" 2>/dev/null || true
wait "${node_pid[$node]}" 2>/dev/null || true
say "lost node $node, with task $lost on it"

wait_for 400 "the array to end" '[ -z "$(squeue -h -j "$job" -o %i 2>/dev/null)" ]'
[ "$(restarts "${lost#*_}")" -gt "$before" ] || fail "task $lost was not run again after its node was lost"
say "the array has ended; $lost was run again on the other node"

# Task 0 has no requeue of its own: run again by hand, as the script's first lines say.
again=$(sbatch --parsable --mem=0 --array=0 --output="$state/job-%a.log" "$state/job")
wait_for 200 "task 0 to end" "[ -z \"\$(squeue -h -j $again -o %i 2>/dev/null)\" ]"

"$nanohooke" dataset merge "$array" >/dev/null || fail "the array left shards unmade"
"$nanohooke" dataset verify "$array" || fail "the array's dataset is not whole"
cmp "$state/serial/dataset.h5" "$array/dataset.h5" || fail "the array's dataset differs from the serial one"
say "PASSED: $count samples, byte for byte those of the serial run ($(stat -c %s "$array/dataset.h5") bytes)"
