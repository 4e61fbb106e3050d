#!/usr/bin/env bash
# Makes the picture of the README anew, from the real page: the demo with an outage, looked at by a headless Chromium.
#   eng/picture.sh [MINUTES]     how long the shop runs before the picture; the fault comes after the first (default 6)
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
minutes=${1-6} port=7613 data=$(mktemp -d)
trap 'kill "$demo" 2>/dev/null || true; wait "$demo" 2>/dev/null || true; rm -rf "$data"' EXIT
eng/build.sh
dotnet src/8-host/Nines/bin/Release/net10.0/nines.dll demo --port "$port" --data "$data" --fault outage --fault-after 60s --for "$((minutes + 2))m" >/dev/null &
demo=$!
sleep "$((minutes * 60))"
# A page with live news never falls silent, so the time is set. Twice: the first look tells the server the reader's zone, and fills the browser's cache with the fonts.
for _ in 1 2; do
  TZ=Europe/Berlin chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$data/browser" --timeout=4000 \
    --window-size=1440,1180 --screenshot=docs/images/overview.png "http://127.0.0.1:$port/overview?theme=light" 2>/dev/null
done
ls -l docs/images/overview.png
