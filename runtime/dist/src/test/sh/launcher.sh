#!/bin/sh
# Tests of the launcher and of whole processes: first use, links, missing JDKs, kills, full disks.
# Needs a built distribution. What this machine does not let it test it says; nothing else is left out.
#
#   launcher.sh [DIST]      by default that of this checkout
set -u
here=$(CDPATH='' cd -- "$(dirname "$0")" && pwd -P)
root=$(CDPATH='' cd -- "$here/../../../../.." && pwd -P)
dist=${1:-$root/runtime/dist/target/rew}
[ -d "$dist/lib" ] || { echo "launcher.sh: no distribution lies in $dist" >&2; exit 2; }
dist=$(CDPATH='' cd -- "$dist" && pwd -P)
jdk=$("$root/rew" --java-home) || exit 2

tmp=$(mktemp -d) || exit 2
trap 'rm -rf "$tmp"' EXIT
failed=0
count=0

# ok WHAT TEST…: whether the test holds; $out, $err and $code are those of the last `rew`.
ok() {
  what=$1
  shift
  count=$((count + 1))
  if ! "$@"; then
    failed=$((failed + 1))
    printf 'FAILED: %s\n  exit %s\n' "$what" "${code:-}" >&2
    sed 's/^/  out: /' "$tmp/out" >&2
    sed 's/^/  err: /' "$tmp/err" >&2
  fi
}
left_out() { printf 'not run: %s\n' "$1" >&2; }
exits() { [ "$code" = "$1" ]; }
says() { grep -q -- "$1" "$tmp/err"; }
says_not() { ! grep -q -- "$1" "$tmp/err"; }
answers() { grep -q -- "$1" "$tmp/out"; }
is_json() { python3 -c 'import json, sys; json.load(open(sys.argv[1]))' "$tmp/out" 2>/dev/null; }
is_empty() { [ -z "$(ls -A "$1")" ]; }
is_there() { [ -e "$1" ]; }
is_gone() { [ ! -e "$1" ]; }
builds() { [ "$(wc -l <"$tmp/builds")" -eq "$1" ]; }
# run COMMAND…: what it says and how it ends.
run() {
  "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
  code=$?
}
# Where bits of a JVM's own text would show.
no_trace() { ! grep -q '^[[:space:]]*at [a-z]' "$tmp/err" "$tmp/out"; }

# ---- A checkout in which building is quick: Maven's place is taken by a script.
mkdir -p "$tmp/tools"
cat >"$tmp/tools/mvn" <<'MVN'
#!/bin/sh
echo build >>"$BUILDS"
sleep 1
[ -z "${BUILD_FAILS:-}" ] || { echo '[ERROR] Failed to execute goal: no network'; exit 1; }
for arg in "$@"; do
  case $arg in
    -Drew.dist=*) ln -s "$DIST" "${arg#-Drew.dist=}" ;;
  esac
done
MVN
chmod +x "$tmp/tools/mvn"
export BUILDS="$tmp/builds" DIST="$dist" REW_JAVA_HOME="$jdk"
PATH=$tmp/tools:$PATH
unset REW_DIST
checkout() {
  rm -rf "$tmp/a checkout"
  mkdir -p "$tmp/a checkout"
  cp "$root/rew" "$tmp/a checkout/rew"
  : >"$tmp/builds"
}

checkout
run "$tmp/a checkout/rew" --version
ok "first use, in a folder with a space, exits" exits 0
ok "first use says that it builds" says "building, once"
ok "first use answers" answers "^rew "
run "$tmp/a checkout/rew" --version
ok "the second use does not build" builds 1
ok "the second use says nothing" test ! -s "$tmp/err"

ln -s "$tmp/a checkout/rew" "$tmp/absolute"
mkdir "$tmp/bin"
ln -s ../absolute "$tmp/bin/rew"
run "$tmp/bin/rew" --version
ok "through a chain of links" answers "^rew "
printf 'inputs { x: real }\nreward = x\n' >"$tmp/a checkout/it.rew"
(cd "$tmp/a checkout" && "$tmp/bin/rew" check it.rew) >"$tmp/out" 2>"$tmp/err"
code=$?
ok "from another folder, with that folder's files" exits 0
ok "nothing was built again" builds 1

checkout
"$tmp/a checkout/rew" --version >"$tmp/out1" 2>"$tmp/err1" &
one=$!
run "$tmp/a checkout/rew" --version
wait "$one"
one=$?
ok "of two first uses at once one exits well" exits 0
ok "and so does the other" test "$one" = 0
ok "only one of them builds" builds 1
ok "both answer" grep -q '^rew ' "$tmp/out1"
ok "one waits" grep -q 'waiting for another build' "$tmp/err1" "$tmp/err"

checkout
BUILD_FAILS=1
export BUILD_FAILS
run "$tmp/a checkout/rew" check --format=json x.rew
ok "a build that fails exits" exits 2
ok "as JSON" is_json
ok "and names the cause" answers "no network"
ok "and leaves no lock" is_gone "$tmp/a checkout/runtime/dist/target/.building"
unset BUILD_FAILS
mkdir "$tmp/a checkout/runtime/dist/target/.building"
sh -c 'echo $$' >"$tmp/a checkout/runtime/dist/target/.building/pid"
run "$tmp/a checkout/rew" --version
ok "the lock of a process that is gone is no lock" answers "^rew "

# ---- JDKs. One that says it is 17 is passed over.
mkdir -p "$tmp/jdk17/bin"
printf 'JAVA_VERSION="17.0.15"\n' >"$tmp/jdk17/release"
printf '#!/bin/sh\nexit 1\n' >"$tmp/jdk17/bin/java"
chmod +x "$tmp/jdk17/bin/java"
run env REW_DIST="$dist" REW_JAVA_HOME="$jdk" JAVA_HOME="$tmp/jdk17" "$root/rew" --version
ok "JAVA_HOME at 17, a JDK 25 in REW_JAVA_HOME" answers "^rew "
run env -u REW_JAVA_HOME JAVA_HOME="$tmp/jdk17" PATH="$jdk/bin:$PATH" REW_DIST="$dist" "$root/rew" --version
ok "JAVA_HOME at 17, a JDK 25 on the PATH" answers "^rew "
if unshare -rm true 2>/dev/null; then
  # Nothing lies in the usual places here.
  cat >"$tmp/hidden" <<'HIDDEN'
for place in /usr/lib/jvm /usr/local/lib/jvm /opt/java; do
  [ ! -d "$place" ] || mount -t tmpfs none "$place" || exit 99
done
exec "$@"
HIDDEN
  run env -u REW_JAVA_HOME HOME="$tmp" JAVA_HOME="$tmp/jdk17" PATH=/usr/bin:/bin \
    unshare -rm sh "$tmp/hidden" "$root/rew" check x.rew
  ok "no JDK 25 exits" exits 2
  ok "it says so" says "No JDK 25 was found"
  ok "it names the place and what it found there" says "jdk17: Java 17.0.15 (JAVA_HOME)"
  ok "it says what to do" says "hint: install a JDK 25"
  run env -u REW_JAVA_HOME HOME="$tmp" JAVA_HOME="$tmp/jdk17" PATH=/usr/bin:/bin \
    unshare -rm sh "$tmp/hidden" "$root/rew" check x.rew --format json
  ok "no JDK 25, as JSON" is_json
  ok "with its code" answers '"code":"RW0007"'
  ok "and the candidates" answers '"candidates":\[".*jdk17'
else
  left_out "no JDK 25 at all (this machine does not let a test hide /usr/lib/jvm)"
fi

# ---- Whole processes.
export REW_DIST="$dist"
rew=$root/rew
printf 'inputs { x: real }\nreward { a = x  b = 2 * x }\n' >"$tmp/p.rew"
awk 'BEGIN { for (i = 0; i < 20000; i++) printf "{\"x\":%d}\n", i }' >"$tmp/d.jsonl"

for signal in KILL TERM; do
  mkdir "$tmp/$signal"
  mkfifo "$tmp/pipe"
  "$rew" score "$tmp/p.rew" - -o "$tmp/$signal/out.jsonl" <"$tmp/pipe" >/dev/null 2>&1 &
  scoring=$!
  exec 3>"$tmp/pipe"
  cat "$tmp/d.jsonl" >&3
  waited=0
  # The hidden file is there as soon as the command has begun; the pipe stays open, so it can't end.
  while is_empty "$tmp/$signal" && [ "$waited" -lt 120 ]; do
    sleep 0.5
    waited=$((waited + 1))
  done
  kill -s "$signal" "$scoring"
  wait "$scoring" 2>/dev/null
  code=$?
  exec 3>&-
  rm "$tmp/pipe"
  ok "SIG$signal while scoring ends it" test "$code" -gt 128
  ok "SIG$signal leaves no output" is_gone "$tmp/$signal/out.jsonl"
  [ "$signal" = KILL ] || ok "SIG$signal leaves nothing at all" is_empty "$tmp/$signal"
  run "$rew" score "$tmp/p.rew" "$tmp/d.jsonl" -o "$tmp/$signal/out.jsonl"
  ok "after SIG$signal the next run works" exits 0
  ok "and is whole" test "$(wc -l <"$tmp/$signal/out.jsonl")" -eq 20000
done

run sh -c '"$1" explain RW0404 >/dev/full' - "$rew"
ok "standard output on a full device exits" exits 2
ok "and says so" says "RW0002"
ok "without a trace" no_trace
run sh -c 'ulimit -f 64; exec "$1" score "$2" "$3" -o "$4" --format json' - "$rew" "$tmp/p.rew" "$tmp/d.jsonl" "$tmp/KILL/more.jsonl"
ok "a file over the process's limit exits" exits 2
ok "as JSON" is_json
ok "and leaves nothing" is_gone "$tmp/KILL/more.jsonl"

if unshare -rm sh -c 'mount -t tmpfs -o size=64k none "$1"' - "$tmp/bin" 2>/dev/null; then
  mkdir "$tmp/small"
  for kind in jsonl csv parquet; do
    for format in text json; do
      # The folder's files are listed from inside: the disk is gone afterwards.
      run unshare -rm sh -c 'mount -t tmpfs -o size=64k none "$1" && shift && "$@"
        ended=$?; ls -A "$0" >"$0.left"; exit $ended' "$tmp/small" "$tmp/small" \
        "$rew" score "$tmp/p.rew" "$tmp/d.jsonl" -o "$tmp/small/out.$kind" --format "$format"
      ok "a full disk ($kind, $format) exits" exits 2
      ok "a full disk ($kind, $format) leaves nothing" test ! -s "$tmp/small.left"
      ok "a full disk ($kind, $format) shows no trace" no_trace
      if [ "$format" = json ]; then
        ok "a full disk ($kind) is JSON" is_json
        ok "a full disk ($kind) has its code" answers '"RW0002"'
        ok "a full disk ($kind) has the file asked for and the reason" \
          answers "small/out.$kind. can't be written: No space left on device"
      else
        ok "a full disk ($kind) is named" says 'error\[RW0002\]'
        ok "a full disk ($kind), with the file asked for and the reason" \
          says "small/out.$kind. can't be written: No space left on device"
      fi
    done
  done
else
  left_out "a full disk (this machine does not let a test mount a small one)"
fi

[ "$failed" = 0 ] || { printf '%s of %s failed\n' "$failed" "$count" >&2; exit 1; }
printf 'launcher: %s checks passed\n' "$count"
