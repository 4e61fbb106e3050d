#!/usr/bin/env bash
# Builds the product (Release) when a source has changed since the last build. Says on standard error what is missing.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

if ! command -v dotnet >/dev/null 2>&1; then
  echo "nines: the .NET SDK 10 is missing. Get it from https://dotnet.microsoft.com/download/dotnet/10.0 or your distribution (package dotnet-sdk-10.0), then try again." >&2
  exit 1
fi
if ! dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; then
  echo "nines: found dotnet, but not its SDK 10 (found: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | tr '\n' ' ')). Get it from https://dotnet.microsoft.com/download/dotnet/10.0 or your distribution (package dotnet-sdk-10.0)." >&2
  exit 1
fi

program=src/8-host/Nines/bin/Release/net10.0/nines.dll
stamp=src/8-host/Nines/bin/Release/sources.sum

# Content, not time: a fresh checkout or a switch of branches touches times without changing anything.
sources_sum() {
  find src Directory.Build.props Directory.Build.targets Directory.Packages.props global.json eng/BannedSymbols.txt \
    \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cat | cksum
}

sum=$(sources_sum)
if [ -f "$program" ] && [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$sum" ]; then exit 0; fi

if ! command -v node >/dev/null 2>&1; then
  echo "nines: Node 20 is missing; the pages will work without script (no live updates, no chart hover). Get it from https://nodejs.org or your distribution, then run: ./nines build" >&2
fi
echo "nines: building (about a minute the first time) …" >&2
# One build at a time for a working copy.
mkdir -p src/8-host/Nines/bin
exec 9>src/8-host/Nines/bin/.building
if command -v flock >/dev/null 2>&1; then flock 9; fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build src/8-host/Nines/Nines.csproj -c Release -m:2 --nologo -v q -clp:NoSummary -nodeReuse:false >"$log" 2>&1; then
  cat "$log" >&2
  echo "nines: the build failed." >&2
  exit 1
fi
grep -i 'node\|npm' "$log" >&2 || true
echo "$sum" >"$stamp"
