#!/usr/bin/env bash
# Everything that must hold: formatting, a build without warnings, and all tests, with the real peers they need.
#   --long   full kill counts, ten times the random cases, 400 simulated years, Lighthouse (sets NINES_LONG=1 for the tests)
# Ends with what was counted (kills, random cases …) and one plain line: N passed, N failed, N skipped.
set -uo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export LC_ALL=C.UTF-8

for word in "$@"; do
  case "$word" in
    --long) export NINES_LONG=1 ;;
    *) echo "usage: ./nines test [--long]" >&2; exit 2 ;;
  esac
done

# What is missing of .NET, the build says best.
if [[ $'\n'"$(dotnet --list-sdks 2>/dev/null)" != *$'\n'10.* ]]; then eng/build.sh; exit 1; fi

began=$SECONDS
# A part that hangs must not hang everything. Four times what the longest takes on two idle cores, and with --long most of its hour: a busy machine is no failure.
patience=1500
[ -z "${NINES_LONG-}" ] || patience=3300
passed=0 failed=0 skipped=0 broken=0
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# Tests add up what they did (LongRun.Count): a line of a number and what it counts.
export NINES_FIGURES=$results/figures
mkdir "$NINES_FIGURES"

finish() {
  echo
  find "$NINES_FIGURES" -type f -exec cat {} + |
    awk -F '\t' '{ sum[$2] += $1 } END { for (what in sum) printf "%12d %s\n", sum[what], what }' | sort -k 2
  echo "took $(((SECONDS - began) / 60)) min $(((SECONDS - began) % 60)) s"
  echo "$passed passed, $failed failed, $skipped skipped"
  [ "$failed" -eq 0 ] && [ "$broken" -eq 0 ]
  exit
}

# part NAME COMMAND…: a check that is no test project; it counts only when it fails.
part() {
  local name=$1 start=$SECONDS
  shift
  if "$@" >"$results/part.log" 2>&1; then
    printf '%-12s ok (%d s)\n' "$name" $((SECONDS - start))
  else
    printf '%-12s FAILED (%d s)\n' "$name" $((SECONDS - start))
    grep -E 'error|warning|test:' "$results/part.log" | sort -u | head -60 || true
    tail -5 "$results/part.log"
    failed=$((failed + 1))
    return 1
  fi
}

# Runs one test project into files; several may run side by side.
run_project() {
  local name=$1 start=$SECONDS TIMEFORMAT='%U %S'
  { time timeout --signal=INT --kill-after=20 "$patience" dotnet test "tests/$name" -c Release --no-build --nologo -v q --results-directory "$results/$name" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" </dev/null >"$results/$name.log" 2>&1; } 2>"$results/$name.cpu"
  echo "$? $((SECONDS - start)) $(awk '{ printf "%d", $1 + $2 }' "$results/$name.cpu")" >"$results/$name.end"
}

# Adds one project's figures to the sum; without figures the project itself failed.
count_project() {
  local name=$1 trx="$results/$1/$1.trx" code took cpu figures t e p f
  read -r code took cpu <"$results/$name.end"
  figures=$(grep -o '<Counters [^>]*' "$trx" 2>/dev/null)
  if [ -z "$figures" ]; then
    printf '%-12s FAILED: no results (%d s, %d of processor time)\n' "$name" "$took" "$cpu"
    tail -20 "$results/$name.log"
    failed=$((failed + 1))
    return
  fi
  field() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$figures"; }
  t=$(field total) e=$(field executed) p=$(field passed)
  f=$((e - p))
  printf '%-12s %d passed, %d failed, %d skipped (%d s, %d of processor time)\n' "$name" "$p" "$f" $((t - e)) "$took" "$cpu"
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + t - e))
  if [ "$f" -gt 0 ]; then grep -vE '^\s+at |^\s*$' "$results/$name.log" | tail -n +2 | head -200; fi
  if [ "$code" -ne 0 ] && [ "$f" -eq 0 ]; then echo "  dotnet test ended with $code"; tail -5 "$results/$name.log"; broken=1; fi
  if [ "$t" -eq 0 ]; then echo "  nothing ran"; broken=1; fi
  # A test whose peer is missing fails; it is never skipped.
  if [ "$t" -ne "$e" ]; then echo "  a skipped test counts as a failure: install what it needs"; broken=1; fi
}

part peers eng/peers.sh || finish
part format dotnet format whitespace . --folder --verify-no-changes --exclude src/0-ground/Nines.Shell/Look/node_modules
part build dotnet build Nines.slnx -c Release -m:2 --nologo -v q -clp:NoSummary || finish

# Four hundred years that nobody has seen, with what the tests leave of the machine: they wait for clocks much of their time.
if [ -n "${NINES_LONG-}" ]; then
  # It runs long enough for code made for what it meets, and for a wide nursery: together a sixth less work over a hundred years.
  DOTNET_TieredPGO=1 DOTNET_GCgen0size=0x4000000 nice -n 19 timeout --kill-after=20 5400 dotnet src/8-host/Nines/bin/Release/net10.0/nines.dll simulate --seed "$(date +%s)" --years 400 >"$results/simulate.log" 2>&1 &
  simulating=$!
  trap 'kill "$simulating" 2>/dev/null; rm -rf "$results"' EXIT
fi

for name in House Unit; do run_project "$name"; count_project "$name"; done
# These wait for clocks, sockets and a browser more than they compute.
run_project Stories & stories=$!
run_project Interop & interop=$!
wait "$stories"
count_project Stories
run_project Browser
count_project Browser
wait "$interop"
count_project Interop

if [ -n "${NINES_LONG-}" ]; then
  if wait "$simulating"; then outcome=ok; else outcome="FAILED: it ended with $?" failed=$((failed + 1)); fi
  printf '%-12s %s (%s)\n' simulate "$outcome" "$(grep -E '^[0-9]+ of [0-9]+ worlds' "$results/simulate.log" | tail -1)"
  grep -E '^seed|accepted,|lost,|replay:' "$results/simulate.log"
  grep -vE '^[0-9]+ of [0-9]+ worlds' "$results/simulate.log" | tail -60
fi

# Alone on the machine, because it measures: even a simulation that takes only what nobody wants cost one page a fifth of its points.
lighthouse() {
  if ! (cd eng/lighthouse && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error); then
    echo "test: npm could not fetch Lighthouse (eng/lighthouse/package-lock.json)"
    return 1
  fi
  timeout --kill-after=20 1200 node eng/lighthouse/run.mjs "dotnet src/8-host/Nines/bin/Release/net10.0/nines.dll"
}
if [ -n "${NINES_LONG-}" ]; then
  part lighthouse lighthouse
  grep '^|' "$results/part.log"
fi
finish
