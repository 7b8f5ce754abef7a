#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs one part of what is in this folder on a machine with a GPU of NVIDIA; it needs no Java, no network, no build.
#
#   run.sh --part check|compare [--seconds S] [--out FOLDER] [--pack]
#   run.sh --part train [--seconds S[,S...]] [--shows relaxed|designed[,...]] [--from MODEL|TRAINING|-[,...]]
#          [--rate R[,R...]] [--head direct|cholesky] [--loss squared|relative] [--seed N] [--batch N]
#          [--network NAME] [--warmup EPOCHS] [--final-fraction F]
#   run.sh --part curve --sizes N,N,... [--images M] [--seconds S] and, of train's, one of --shows, one --rate, --head,
#          --loss, --seed, --batch, --network, --warmup, --final-fraction
#   run.sh --part ingredients [--images M] [--seconds S] and, of train's, one of --shows, one --rate, --seed, --batch,
#          --warmup
#   run.sh --part samples --seconds S [--cores N] -- WORDS OF 'nanohooke dataset' BUT --out
# and of every part --out FOLDER and --pack; what a part does not take is refused.
#
# Writes PART.json, PART.md and PART.log to FOLDER (default: $OUT, else report beside this script) and prints a short
# table last. Ends within S seconds (check 120, compare, curve and ingredients 150, train and samples 240) whatever
# happens: a step that takes too long is ended and reported, what it had found is kept. --pack leaves PART.md, models and
# samples, and the rest in PART.tgz: for machines that give few files back.
#
# train: one training for each of --shows (default: relaxed), on images of relaxed or of designed structures, for its
# share of the seconds. It begins with random weights (-), with those of a model (a file, or the name of one in this
# bundle's models), or with what an earlier training of this call left (its name: relaxed, designed); a model has its
# own network and head. Leaves NAME.safetensors.0, .1, ... (cat puts them together), NAME.csv and NAME-losses.csv in
# place of those of an earlier call; of a training that fails, the best network until its last checkpoint.
# curve: a learning curve: for each of --sizes a training from random weights with so many of the samples (0: all), of
# --images image-steps (default 1,000,000), or as many as the first has in its equal share of the seconds; leaves no
# networks.
# ingredients: what each thing that was added to the paper's recipe brings: six trainings from random weights on all
# samples, of --images image-steps each, or as many as the first, the slowest, has in its equal share of the seconds:
# the paper's network at a constant rate; then also turned and shifted images; then the periodic network; then the
# cholesky head; then a rate that falls; then relative errors for the loss. The averages over eight orientations are in
# the report. Leaves no networks.
# samples: a dataset for training, on --cores (default: all but two), beside another part; leaves samples-000.nhs, ...
# A GPU is not needed.
#
# Exit codes: 0 all passed, 1 something failed or was out of time, 2 wrong call, 3 no GPU can be used here.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
begin=$(date +%s%N)

part= times= out=${OUT:-$here/report} pack= shows=relaxed from=- rates=3e-4 head=cholesky network=periodic
sizes= images=1000000 cores=
given=() train_words=() dataset_words=()
usage() {
  sed -n '3,/^# Exit codes/s/^# \{0,1\}//p' "$here/run.sh" >&2
  exit 2
}
refuse() {
  echo "run.sh: $*" >&2
  exit 2
}
while [ $# -gt 0 ]; do
  case $1 in
    --) shift && dataset_words=("$@") && break ;;
    --pack) pack=1 && shift && continue ;;
    --*) [ $# -gt 1 ] || usage ;;
  esac
  given+=("$1")
  case $1 in
    --part) part=$2 ;;
    --seconds) times=$2 ;;
    --out) out=$2 ;;
    --shows) shows=$2 ;;
    --from) from=$2 ;;
    --rate) rates=$2 ;;
    --head) head=$2 && [[ $2 = direct || $2 = cholesky ]] || refuse "--head takes direct or cholesky, got $2" ;;
    --network) network=$2 ;;
    --cores) cores=$2 ;;
    --sizes) sizes=$2 ;;
    --images) images=$2 ;;
    --loss) [[ $2 = squared || $2 = relative ]] || refuse "--loss takes squared or relative, got $2" ;;&
    --loss | --seed | --batch | --warmup | --final-fraction) train_words+=("$1" "$2") ;;
    *) usage ;;
  esac
  shift 2
done
training_options="--shows --rate --seed --batch --warmup"
case $part in
  check) base=120 takes= ;;
  compare) base=150 takes= ;;
  curve) base=150 takes="--sizes --images $training_options --head --loss --network --final-fraction" ;;
  ingredients) base=150 takes="--images $training_options" ;;
  train) base=240 takes="--from $training_options --head --loss --network --final-fraction" ;;
  samples) base=240 takes=--cores ;;
  *) usage ;;
esac
for option in "${given[@]}"; do
  [[ " --part --seconds --out $takes " = *" $option "* ]] || refuse "$option is not for the part $part"
done
: "${times:=$base}"
[[ $times =~ ^[0-9]+(,[0-9]+)*$ ]] ||
  refuse "--seconds takes a number from 10 on, train one for each training, got $times"
IFS=, read -ra times <<<"$times"
IFS=, read -ra shows <<<"$shows"
IFS=, read -ra from <<<"$from"
IFS=, read -ra rates <<<"$rates"
seconds=0
for time in "${times[@]}"; do
  [ "$((10#$time))" -ge 10 ] || refuse "--seconds takes a number from 10 on, got $time"
  seconds=$((seconds + 10#$time))
done
[ "${#times[@]}" -eq 1 ] || { [ "$part" = train ] && [ "${#times[@]}" -eq "${#shows[@]}" ]; } ||
  refuse "--seconds takes one number, or one for each training of --shows"
for one in "${shows[@]}"; do
  [[ $one = relaxed || $one = designed ]] || refuse "--shows takes relaxed and designed, got $one"
done
[ "$part" = train ] || [ "${#shows[@]}" -eq 1 ] || refuse "--shows takes one kind of images for the part $part"
for list in from rates; do
  declare -n values=$list
  [ "${#values[@]}" -le "${#shows[@]}" ] || refuse "there are more of --${list%s} than trainings"
done
[[ $images =~ ^[1-9][0-9]*$ ]] || refuse "--images takes a number of image-steps, got $images"
if [ "$part" = curve ]; then
  [[ $sizes =~ ^[0-9]+(,[0-9]+)*$ ]] || refuse "the part curve needs --sizes, for example 2500,5000,10000,0, got '$sizes'"
fi
IFS=, read -ra sizes <<<"$sizes"
[ "$part" = samples ] || [ "${#dataset_words[@]}" -eq 0 ] || refuse "words after -- are for the part samples"
# Models: a file from here, one of the bundle's, or what a training before it leaves.
for i in "${!from[@]}"; do
  one=${from[i]}
  if [ -f "$one" ]; then
    from[i]=$(cd "$(dirname "$one")" && pwd)/$(basename "$one")
  elif [ -f "$here/models/$one" ]; then
    from[i]=$here/models/$one
  elif [ "$one" != - ] && [[ " ${shows[*]:0:$i} " != *" $one "* ]]; then
    refuse "there is no model $one, neither here nor in the bundle, and no training of that name before number $((i + 1))"
  fi
done
mkdir -p "$out" || exit 2
out=$(cd "$out" && pwd)
names=() from_random=
for i in "${!shows[@]}"; do
  name=${shows[i]}
  [[ " ${shows[*]:0:$i} " != *" $name "* ]] || name+=-$((i + 1))
  names+=("$name")
  [ "${from[i]:--}" != - ] || from_random=1
done
if [ "$part" = train ]; then
  for option in --head --network; do
    [ -n "$from_random" ] || [[ " ${given[*]} " != *" $option "* ]] ||
      refuse "$option is for a training from random weights: a model has its own"
  done
  # What an earlier call left under these names is deleted, so that no training begins with it: nothing else may be.
  for name in "${names[@]}"; do
    [ ! -e "$out/$name.safetensors" ] ||
      refuse "$out/$name.safetensors is in the way of what the training $name leaves; move it"
    for one in "${from[@]}"; do
      [[ $one != "$out/$name.safetensors."* ]] || refuse "the training $name writes $one anew; move it to begin with it"
    done
  done
fi
work=$(mktemp -d "${TMPDIR:-/tmp}/nanohooke-gpu.XXXXXX") || exit 2
steps=$work/steps
mkdir -p "$steps"

elapsed() { echo $((($(date +%s%N) - begin) / 1000000)); } # ms
reserve=6 # seconds at the end for the report
left() { echo $((seconds - reserve - $(elapsed) / 1000)); }

# --- Java, and CUDA's libraries of the PyTorch installation -----------------------------------------------------
[ ! -e "$here/runtime.tgz" ] || tar -xzf "$here/runtime.tgz" -C "$work"
java=$work/runtime/bin/java
[ -x "$java" ] || java=${JAVA_HOME:+$JAVA_HOME/bin/}java
python=$(command -v python3 || true)
nvidia=
[ -z "$python" ] || nvidia=$(timeout 10 "$python" -c 'import nvidia; print(list(nvidia.__path__)[0])' 2>/dev/null)
libraries=
if [ -n "$nvidia" ]; then
  libraries=$(find "$nvidia" -maxdepth 4 \( -name 'libcudnn*.so.9' -o -name 'libcublas*.so.13' -o -name 'libcudart.so.13' \
    -o -name 'libnvrtc.so.13' \) -printf '%h\n' 2>/dev/null | sort -u | tr '\n' ':')
fi
[ -n "$libraries" ] || for folder in /usr/local/cuda/lib64 /usr/lib/x86_64-linux-gnu; do
  ls "$folder"/libcublas.so.13 "$folder"/libcudnn.so.9 >/dev/null 2>&1 && libraries+=$folder:
done
libraries=${libraries%:}
library_path=$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
class_path=${NANOHOOKE_CLASSES_FIRST:+$NANOHOOKE_CLASSES_FIRST:}$(printf '%s:' "$here"/lib/*.jar)
network_prefix=${NANOHOOKE_REHEARSAL:+tiny-} # a rehearsal takes networks that a processor computes in no time
java_flags=(-Xmx8g -XX:+UseParallelGC -Xshare:auto -Djava.awt.headless=true -Dfile.encoding=UTF-8
  -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0
  "-Dorg.bytedeco.javacpp.cachedir=$work/javacpp" "-Dorg.bytedeco.javacpp.platform.linkpath=$libraries"
  -Dorg.slf4j.simpleLogger.logFile=System.err -Dorg.slf4j.simpleLogger.log.io.jhdf=error
  "-Djava.io.tmpdir=$work")
[ -z "${NANOHOOKE_REHEARSAL:-}" ] || java_flags[0]=-Xmx1g
run_java() { # class, arguments; from lib, so that the suite finds ../test-data
  cd "$here/lib" && LD_LIBRARY_PATH=$library_path exec "$java" "${java_flags[@]}" -cp "$class_path" \
    "io.github.nanohooke.gpu.$1" "${@:2}"
}

# --- steps --------------------------------------------------------------------------------------------------------
# step NAME LIMIT COMMAND...: runs it for at most LIMIT seconds, and no longer than is left; keeps its log and exit code.
# The word LIMIT in COMMAND becomes the time that it has. Limits grow with --seconds; those of step_for do not.
step() { step_for "$1" $(($2 * seconds / base)) "${@:3}"; }
step_for() {
  local name=$1 limit=$2 from code took child
  shift 2
  [ "$limit" -le "$(left)" ] || limit=$(left)
  from=$(elapsed)
  if [ "$limit" -lt 2 ]; then
    echo "no time was left for it" >"$steps/$name.log"
    code=124
  else
    set -m # a process group of its own, so that all of it can be ended
    ("${@//LIMIT/$((limit - 1))}") >"$steps/$name.log" 2>&1 &
    child=$!
    set +m
    echo "$child" >>"$work/groups"
    wait_for "$child" "$limit"
    code=$?
  fi
  took=$(($(elapsed) - from))
  printf '%s\t%d\t%d.%d\t%d\n' "$name" "$code" $((took / 1000)) $((took % 1000 / 100)) "$limit" >>"$steps/index.tsv"
  { printf '=== %s: exit %d, %d ms\n' "$name" "$code" "$took"; head -c 200000 "$steps/$name.log"; } >>"$out/$part.log"
  printf '%-22s exit %-4d %d.%d s\n' "$name" "$code" $((took / 1000)) $((took % 1000 / 100)) >&2
  return "$code"
}

# Waits for a process group of this shell; ends it when its time is over.
wait_for() {
  local until=$(($(elapsed) + 1000 * $2))
  while kill -0 "$1" 2>/dev/null; do
    if [ "$(elapsed)" -ge "$until" ]; then
      kill -TERM -- "-$1" 2>/dev/null
      sleep 0.5
      kill -KILL -- "-$1" 2>/dev/null
      wait "$1" 2>/dev/null
      return 124
    fi
    sleep 0.1
  done
  wait "$1"
}

# --- the report, whatever happens ---------------------------------------------------------------------------------
finished=
finish() {
  local code=$?
  [ -z "$finished" ] || return
  finished=1
  local group
  for group in $(cat "$work/groups" 2>/dev/null); do kill -KILL -- "-$group" 2>/dev/null; done
  (run_java Report --part "$part" --steps "$steps" --out "$out") >"$work/table" 2>>"$out/$part.log"
  local reported=$?
  [ "$code" -ne 0 ] || [ "$reported" -eq 0 ] || code=1
  [ "$reported" -eq 0 ] || [ "$reported" -eq 4 ] || {
    # Without Java: what the index says.
    cp "$steps/index.tsv" "$work/table" 2>/dev/null
    { printf '{"schema": "nanohooke-gpu-report/1", "part": "%s", "passed": false, "error": "no report", "steps": [' "$part"
      awk -F'\t' '{printf "%s{\"name\": \"%s\", \"exit\": %s, \"seconds\": %s}", NR > 1 ? ", " : "", $1, $2, $3}' \
        "$steps/index.tsv" 2>/dev/null
      echo ']}'
    } >"$out/$part.json"
  }
  [ -z "$pack" ] || (cd "$out" && files=$(ls "$part".log "$part".json *.csv 2>/dev/null)
    # shellcheck disable=SC2086 # names of ours
    [ -z "$files" ] || { tar -czf "$part.tgz" $files && rm -f $files; })
  echo
  cat "$work/table"
  echo "report: $out/$part.md"
  rm -rf "$work"
  exit "$code"
}
trap finish EXIT
trap 'exit 1' TERM INT HUP

# --- the machine --------------------------------------------------------------------------------------------------
machine() {
  say() { [ -z "$2" ] || printf '%s = %s\n' "$1" "$2"; }
  say bundle "$(cat "$here/version.txt" 2>/dev/null)"
  say date "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
  say GPU "$(timeout 10 nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.max.sm,power.limit,mig.mode.current \
    --format=csv,noheader 2>/dev/null | tr '\n' ';')"
  say CUDA "$(timeout 10 nvidia-smi 2>/dev/null | sed -n 's/.*CUDA Version: *\([0-9.]*\).*/\1/p' | head -n 1)"
  say nvcc "$(timeout 10 nvcc --version 2>/dev/null | sed -n 's/.*release \([^,]*\),.*/\1/p')"
  say processor "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores"
  say kernel "$(uname -sr)"
  say "CUDA libraries" "${libraries//${nvidia:-/nowhere}/nvidia of PyTorch}"
  say java "$("$java" -version 2>&1 | sed -n 1p)"
  [ -z "$python" ] || say torch "$(timeout 40 "$python" -c 'import sys, torch
print("%s, CUDA %s, cuDNN %s, python %s" % (torch.__version__, torch.version.cuda, torch.backends.cudnn.version(),
      sys.version.split()[0]))' 2>/dev/null)"
}
run_machine() { machine | tee "$steps/machine.txt"; }
step versions 45 run_machine
java_step() { # NAME LIMIT CLASS ARGUMENTS
  step "$1" "$2" run_java "$3" --out "$steps/$1.json" --seconds LIMIT "${@:4}"
}
if [ "$part" != samples ]; then
  java_step GPU 30 Probe
  [ $? -ne 3 ] || exit 3
fi

driver=$work/nhc_driver
[ ! -e "$here/bin/nhc_driver.gz" ] || { gzip -dc "$here/bin/nhc_driver.gz" >"$driver" && chmod u+x "$driver"; }
run_driver() { # name, arguments: what it prints is its log; its JSON goes to name.json
  [ -x "$driver" ] || { echo "this bundle has no nhc_driver"; return 3; }
  LD_LIBRARY_PATH=$library_path "$driver" "${@:2}" --json "$steps/$1.json"
  local code=$?
  return $((code == 3 ? 4 : code)) # there was a GPU: one that is gone is a fault
}
sanitizer=$(command -v compute-sanitizer || ls /usr/local/cuda/bin/compute-sanitizer 2>/dev/null)
sanitize() { # tool, seconds, further words of the driver, which looks at its clock between checks
  [ -x "$driver" ] || { echo "this bundle has no nhc_driver"; return 3; }
  [ -n "$sanitizer" ] || { echo "no compute-sanitizer here"; return 3; }
  LD_LIBRARY_PATH=$library_path "$sanitizer" --tool "$1" --error-exitcode 9 "$driver" check --tiny \
    --seconds $(($2 * 3 / 4)) --json "$steps/sanitizer-$1.json" "${@:3}"
}

check() {
  # The sanitizers look on while the rest runs: nothing is timed here.
  local tool lane
  (
    for tool in memcheck initcheck synccheck; do step "sanitizer-$tool" 30 sanitize $tool LIMIT || true; done
    # Races are the slowest to look for: one batch and a short training of each loss have every kernel and every graph
    # in them, those with shared memory first. It ends by itself when its time is over, and says what was left out.
    step sanitizer-racecheck 110 sanitize racecheck LIMIT --batches 3 --trainings 1 --steps 5 \
      --parts convolutions,dense,trainings || true
  ) &
  lane=$!
  step driver-check 40 run_driver driver-check check --seconds LIMIT
  java_step suite-fft 60 Suite --engine fft
  ladder() { # NAME ENGINE NETWORK
    java_step "$1" 40 Ladder --engine "$2" --network "$network_prefix$3" ${network_prefix:+--overfit-rate 3e-3}
  }
  ladder ladder-periodic fft periodic
  ladder ladder-paper fft paper
  java_step suite-cudnn 60 Suite --engine cudnn
  ladder ladder-cudnn cudnn periodic
  wait "$lane"
}

compare() {
  local files=$work/workload torch=$here/torch_forms.py
  java_step workload 20 WriteWorkload --to "$files" --networks "${network_prefix}periodic,${network_prefix}paper"
  ours() { # NAME LIMIT ENGINE WORDS
    java_step "$1" "$2" Timings --engine "$3" --network-prefix "${network_prefix:-none}" "${@:4}"
  }
  torch_step() { # NAME LIMIT FORMS WORDS
    [ -n "$python" ] || { step "$1" 5 sh -c 'echo no python3 here; exit 3'; return; }
    step "$1" "$2" "$python" "$torch" --workload "$files" --seconds LIMIT --out "$steps/$1.json" --forms "$3" \
      ${network_prefix:+--cpu} "${@:4}"
  }
  # By importance. Each form has its share of the time of its step and, but for the two by which we are measured first,
  # the four most telling rows: training and inference of the periodic network, one image, training with zero padding.
  ours ours-fft 16 fft
  step driver-time-periodic 6 run_driver driver-time-periodic time --padding periodic --seconds LIMIT
  step driver-time-zero 6 run_driver driver-time-zero time --padding zero --seconds LIMIT
  torch_step torch-fp32 34 rfft2,fp32 --most 6
  torch_step torch-tf32 30 tf32_folded,tf32_channels_last --most 4
  torch_step torch-bf16 18 bf16 --most 4
  ours ours-cudnn 18 cudnn --most 6
  ours ours-cudnn-tf32 14 cudnn --precision tf32 --most 4
  ours ours-cudnn-bf16 14 cudnn --precision bf16 --most 4
  java_step statics-against-network 6 StaticsAgainstNetwork --engine fft --network "${network_prefix:+small-}periodic"
  torch_step torch-bf16-compile 60 bf16_compile --most 4
}

# An equal share of what is left for the trainings from that number on [s].
share() { # I OF
  echo $(($(left) / ($2 - $1)))
}

# What the training of that number may take [s]: until its time ends, the last one leaves what the report takes.
time_of() {
  local i sum=0
  if [ "${#times[@]}" -eq 1 ]; then
    share "$1" "${#shows[@]}"
    return
  fi
  for ((i = 0; i <= $1; i++)); do sum=$((sum + 10#${times[i]})); done
  echo $((sum - $(elapsed) / 1000))
}

run_training() { # NAME SECONDS WORDS
  if [ -d "$here/data" ]; then
    step_for "training-$1" "$2" run_java Train --out "$steps/training-$1.json" --seconds LIMIT --data "$here/data" \
      --name "$1" "${@:3}"
  else
    step "training-$1" 5 sh -c 'echo this bundle has no training files; exit 3'
  fi
}
backend_words() {
  if [ -n "$network_prefix" ]; then echo --backend cpu; else echo --engine fft; fi
}

# Trainings of equal cost: of --images image-steps, or of as many as the first, of which none is slower, has seen in its
# share of the seconds: where others saw more in theirs, that would be taken for what they have besides. The first
# leaves a tenth of its share, for a machine that becomes slower.
equal_training() { # I OF NAME WORDS: the training of that number
  local limit
  limit=$(share "$1" "$2")
  [ "$1" -gt 0 ] || limit=$((limit * 9 / 10))
  # shellcheck disable=SC2046 # two words
  run_training "$3" "$limit" --shows "${shows[0]}" --rate "${rates[0]}" --images "$images" \
    "${train_words[@]}" $(backend_words) "${@:4}"
  local seen
  seen=$(sed -n 's/^ *"images seen" : \([1-9][0-9]*\),*$/\1/p' "$steps/training-$3.json" 2>/dev/null)
  [ "$1" -gt 0 ] || images=${seen:-$images}
}

curve() {
  local i
  for i in "${!sizes[@]}"; do
    equal_training "$i" "${#sizes[@]}" "${sizes[i]}-samples" --samples "${sizes[i]}" \
      --network "${network_prefix:+small-}$network" --head "$head"
  done
}

ingredients() {
  local name network head augment final loss i=0
  while read -r -u 3 name network head augment final loss; do
    equal_training "$i" 6 "$name" --network "${network_prefix:+small-}$network" --head "$head" --augment "$augment" \
      --final-fraction "$final" --loss "$loss"
    i=$((i + 1))
  done 3<<'  END'
    paper paper direct no 1 squared
    augmentation paper direct yes 1 squared
    periodic periodic direct yes 1 squared
    cholesky periodic cholesky yes 1 squared
    schedule periodic cholesky yes 0.01 squared
    relative periodic cholesky yes 0.01 relative
  END
}

train() {
  local i name words
  for name in "${names[@]}"; do
    rm -f "$out/$name.safetensors".* "$out/$name.csv" "$out/$name-losses.csv"
  done
  for i in "${!shows[@]}"; do
    # shellcheck disable=SC2207 # two words
    words=(--to "$out" --shows "${shows[i]}" --rate "${rates[i]:-${rates[-1]}}" "${train_words[@]}" $(backend_words))
    case ${from[i]:--} in
      -) words+=(--network "${network_prefix:+small-}$network" --head "$head") ;;
      relaxed | designed) words+=(--from "$out/${from[i]}.safetensors") ;;
      *) words+=(--from "${from[i]}") ;;
    esac
    run_training "${names[i]}" "$(time_of "$i")" "${words[@]}"
  done
}

# Shards are made until there is no time for more; what is in whole ones goes into slim files.
samples() {
  : "${cores:=$(($(nproc) > 3 ? $(nproc) - 2 : 1))}"
  command_line() { # of nanohooke, in processes that have little to do with one another
    java_flags[0]=-Xmx1g java_flags[1]=-XX:+UseSerialGC
    cd "$work" && exec nice -n 10 "$java" "${java_flags[@]}" -cp "$class_path" io.github.nanohooke.cli.Main "$@"
  }
  make_samples() {
    # The same code inside a Slurm job, where it is another one else: this job has nothing to be requeued for.
    (command_line dataset --out "$work/set" --workers "$cores" --quiet --requeue-code 5 --max-minutes "$1" "${@:2}")
    local code=$?
    return $((code == 5 ? 0 : code)) # stopped, as it should be
  }
  export_samples() {
    command_line dataset export "$work/set" --slim "$work/slim" --file-mb 15
  }
  local last=$((25 + seconds / 20)) # seconds for samples in hand, and to write the files
  step_for samples $(($(left) - last / 2)) make_samples "$(awk "BEGIN {print ($(left) - $last) / 60}")" \
    "${dataset_words[@]}"
  step_for export "$(left)" export_samples
  local file
  for file in "$work"/slim/*.nhs; do
    [ ! -e "$file" ] || cp "$file" "$out/samples-${file##*-}"
  done
  # Without slim files the shards themselves, in pieces as models are.
  [ -e "$out/samples-000.nhs" ] || [ ! -d "$work/set" ] ||
    tar -C "$work" -cf - set | split -b 15000000 -d -a 2 - "$out/samples-set.tar."
}

"$part"
exit 0 # finish says otherwise where a step did
