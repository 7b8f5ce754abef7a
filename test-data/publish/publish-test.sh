#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# What a publication holds, and what others get who depend on it: everything is deployed into a temporary folder, and
# projects of several kinds are built from an empty local repository that can see that folder and third parties' jars.
#
#   test-data/publish/publish-test.sh          two minutes in a built tree; exit code 77: not possible here
#
# Third parties' jars are taken from the local repository that built this tree, so that nothing is downloaded twice; our
# own artefacts there are out of sight, and nothing is installed there.
set -euo pipefail

tree=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
work=$(mktemp -d "${TMPDIR:-/tmp}/nanohooke-publish-XXXXXX")
MAVEN_OPTS="$(tr '\n' ' ' <"$tree/.mvn/jvm.config")${MAVEN_OPTS:-}" # the small projects below have no such file
export MAVEN_OPTS
trap 'rm -rf "$work"' EXIT
repository=$work/repository
group=io/github/nanohooke
local_repository=${MAVEN_LOCAL_REPOSITORY:-$HOME/.m2/repository}
options=()
include=${NANOHOOKE_LAMMPS_INCLUDE:-/usr/include}
if [ -n "${NANOHOOKE_WITHOUT_LAMMPS:-}" ] || [ ! -e "$include/lammps/library.h" ]; then options+=(-Dwithout-lammps); fi
[ "$include" = /usr/include ] || options+=("-Dlammps.include=$include")

say() { printf 'publish-test: %s\n' "$*" >&2; }
fail() {
  say "FAILED  $*"
  exit 1
}
has() { grep -qF -- "$2" "$1" || { cat "$1" >&2; fail "$3: \"$2\" is missing"; }; }

# --- what is deployed ---------------------------------------------------------------------------------------------
# Classes are as old as this tree's build: a jar that is made again is no reason to compile all that depends on it.
mvn -B -q -f "$tree/pom.xml" "${options[@]}" -Ppublish -DskipTests -Dmaven.install.skip=true \
  -Dmaven.compiler.useIncrementalCompilation=false -DaltDeploymentRepository="local::file://$repository" deploy >"$work/log" 2>&1 || {
  tail -n 40 "$work/log" >&2
  if grep -qE 'PluginResolutionException|ArtifactResolutionException|Could not transfer|in offline mode' "$work/log"; then
    say "not possible here: a plugin of the publication cannot be had"
    exit 77
  fi
  fail "deployment"
}
artefacts=(nanohooke nanohooke-cli nanohooke-cuda nanohooke-model-al nanohooke-native nanohooke-openblas
  nanohooke-platform)
case " ${options[*]-} " in *without-lammps*) ;; *) artefacts+=(nanohooke-lammps) ;; esac
found=$(cd "$repository/$group" && ls | grep -v '^nanohooke-parent$' | tr '\n' ' ')
[ "$found" = "$(printf '%s\n' "${artefacts[@]}" | LC_ALL=C sort | tr '\n' ' ')" ] || fail "deployed are $found"
version=$(ls "$repository/$group/nanohooke" | grep -v metadata)

for artefact in "${artefacts[@]}"; do
  base=$repository/$group/$artefact/$version/$artefact-$version
  for ending in .pom .jar -cyclonedx.json; do [ -s "$base$ending" ] || fail "$artefact has no $ending"; done
  for ending in -sources.jar -javadoc.jar; do [ -s "$base$ending" ] || fail "$artefact has no $ending"; done
  licence=apache-2.0
  [ "$artefact" != nanohooke-lammps ] || licence=gpl-2.0
  for jar in "$base"*.jar; do
    case $jar in *-javadoc.jar | *-tests.jar) continue ;; esac
    for text in LICENSE NOTICE; do
      unzip -p "$jar" "META-INF/$text" 2>/dev/null | cmp -s - "$tree/licences/$licence/$text" ||
        fail "$(basename "$jar") has no META-INF/$text of $licence"
    done
  done
  # A bill of materials names what it is for; none names LAMMPS' bindings but their own.
  has "$base-cyclonedx.json" "\"$artefact\"" "bill of $artefact"
  case $artefact in
    nanohooke-lammps) ;;
    *) ! grep -q nanohooke-lammps "$base-cyclonedx.json" || [ "$artefact" = nanohooke-platform ] ||
      fail "bill of $artefact names nanohooke-lammps" ;;
  esac
done
for field in '<url>' '<licenses>' '<developers>' '<scm child' '<description>'; do
  has "$repository/$group/nanohooke-parent/$version/nanohooke-parent-$version.pom" "$field" "parent"
done
has "$tree/CITATION.cff" "version: $version" CITATION.cff
has "$tree/CHANGELOG.md" "## $version" CHANGELOG.md
say "ok      ${#artefacts[@]} artefacts of $version are whole"

# --- what others get ----------------------------------------------------------------------------------------------
# Third parties' jars: the local repository without our own artefacts, by links.
link_all_but() { # FOLDER TARGET NAME
  mkdir -p "$2"
  local entry
  for entry in "$1"/*; do [ "$(basename "$entry")" = "$3" ] || ln -s "$entry" "$2/"; done
}
link_all_but "$local_repository" "$work/others" io
link_all_but "$local_repository/io" "$work/others/io" github
link_all_but "$local_repository/io/github" "$work/others/io/github" nanohooke
cat >"$work/settings.xml" <<XML
<settings>
  <mirrors>
    <mirror><id>others</id><mirrorOf>*,!published</mirrorOf><url>file://$work/others</url></mirror>
  </mirrors>
</settings>
XML
plugin() { # NAME: as this tree's builds have it
  local version
  version=$(grep -A 1 "<artifactId>$1</artifactId>" "$tree/pom.xml" | sed -n 's/.*<version>\(.*\)<.*/\1/p' | head -n 1)
  printf '<plugin><groupId>org.apache.maven.plugins</groupId><artifactId>%s</artifactId><version>%s</version></plugin>' \
    "$1" "$version"
}
snippet() { awk '/^```xml/ { on = 1; next } /^```/ { on = 0 } on' "$tree/docs/java.md"; }
dependency() { # ARTEFACT [CLASSIFIER]
  printf '<dependency><groupId>io.github.nanohooke</groupId><artifactId>%s</artifactId><version>%s</version>%s' \
    "$1" "$version" "${2:+<classifier>$2</classifier>}</dependency>"
}
sample() { # PAGE CLASS: the Java example as it stands there
  awk -v name="public class $2 " '/^```java/ { on = 1; text = ""; next }
    /^```/ { if (on && index(text, name)) printf "%s", text; on = 0 } on { text = text $0 "\n" }' "$tree/$1"
}

# project NAME DEPENDENCIES CLASS...: compiles what lies in its src/main/java and runs each class; output in NAME/CLASS
project() {
  local folder=$work/$1 dependencies=$2 class
  shift 2
  cat >"$folder/pom.xml" <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId><artifactId>example</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>17</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <repositories><repository><id>published</id><url>file://$repository</url></repository></repositories>
  <dependencies>$dependencies</dependencies>
  <build><plugins>$(plugin maven-resources-plugin)$(plugin maven-compiler-plugin)$(plugin maven-dependency-plugin)</plugins></build>
</project>
XML
  (cd "$folder" && mvn -B -q -s "$work/settings.xml" -Dmaven.repo.local="$work/m2" compile \
    dependency:build-classpath -Dmdep.outputFile=classpath) >"$folder/log" 2>&1 || {
    tail -n 40 "$folder/log" >&2
    fail "$(basename "$folder") is not built"
  }
  ! tr ':' '\n' <"$folder/classpath" | grep -qvF "$work/m2/" || fail "the class path leaves the clean repository"
  for class in "$@"; do
    env -u NANOHOOKE_MODEL "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 \
      -Djava.awt.headless=true -cp "$folder/target/classes:$(cat "$folder/classpath")" "$class" \
      >"$folder/$class" 2>&1 || { cat "$folder/$class" >&2; fail "$class of $(basename "$folder")"; }
  done
  say "ok      $(basename "$folder")"
}
sources() { mkdir -p "$work/$1/src/main/java" && printf '%s' "$work/$1/src/main/java"; }

# The page's dependency with the README's example and the page's own: statics and the network.
java=$(sources readme)
sample README.md Example >"$java/Example.java"
sample docs/java.md Predict >"$java/Predict.java"
project readme "$(snippet)" Example Predict
has "$work/readme/Example" "STABLE" readme
has "$work/readme/Predict" "26 constants, 65536 derivatives" readme

# The API alone: structures and images; what more is asked for says which artefact has it.
java=$(sources api)
cp "$tree/test-data/publish/ApiAlone.java" "$java/"
project api "$(dependency nanohooke)" ApiAlone
has "$work/api/ApiAlone" "statics: MissingLibraryException" api
has "$work/api/ApiAlone" "nanohooke-native" api
has "$work/api/ApiAlone" "network: MissingLibraryException" api
has "$work/api/ApiAlone" "nanohooke-model-al" api
sed 's/^/publish-test:   /' "$work/api/ApiAlone" >&2
! tr ':' '\n' <"$work/api/classpath" | grep -E 'picocli|progressbar|jline|model-al|lammps|openblas|cuda|linux-x86_64' ||
  fail "the API alone brings what it does not need"

# The network without our natives.
java=$(sources openblas)
cp "$tree/test-data/publish/OpenBlas.java" "$java/"
project openblas "$(dependency nanohooke-openblas)$(dependency nanohooke-model-al)" OpenBlas
has "$work/openblas/OpenBlas" "openblas" openblas

case " ${artefacts[*]} " in
  *nanohooke-lammps*)
    java=$(sources lammps)
    sample README.md Example | sed 's/"hessian"/"lammps"/' >"$java/Example.java"
    project lammps "$(dependency nanohooke-lammps)$(dependency nanohooke-lammps linux-x86_64)" Example
    has "$work/lammps/Example" "STABLE" lammps
    ;;
esac
say "all passed"
