#!/usr/bin/env bash
# Installs the real programs that the tests talk to (Debian, Ubuntu). Services that packages would start stay stopped.
set -euo pipefail

# command or file | package
peers='
prometheus prometheus
promtool prometheus
prometheus-alertmanager prometheus-alertmanager
prometheus-node-exporter prometheus-node-exporter
chromium chromium
psql postgresql
node nodejs
npm npm
'
missing=()
while read -r command package; do
  [ -n "$command" ] || continue
  command -v "$command" >/dev/null 2>&1 || missing+=("$package")
done <<<"$peers"
ls /usr/lib/*/libsqlite3.so.0 >/dev/null 2>&1 || missing+=(libsqlite3-0)
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
/usr/bin/python3 -c 'import aiosmtpd' >/dev/null 2>&1 || missing+=(python3-aiosmtpd)
/usr/bin/python3 -c 'import icalendar' >/dev/null 2>&1 || missing+=(python3-icalendar)
[ "${#missing[@]}" -gt 0 ] || exit 0

mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
if ! command -v apt-get >/dev/null 2>&1; then
  echo "test: please install: ${missing[*]} (names of Debian's packages)" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null 2>&1 || { echo "test: please install as root: apt-get install ${missing[*]}" >&2; exit 1; }
  as_root=(sudo -n)
fi

echo "test: installing ${missing[*]}" >&2
policy=/usr/sbin/policy-rc.d
kept=
if [ -e "$policy" ]; then kept=$(mktemp); "${as_root[@]}" cp -p "$policy" "$kept"; fi
restore() {
  if [ -n "$kept" ]; then "${as_root[@]}" cp -p "$kept" "$policy"; rm -f "$kept"; else "${as_root[@]}" rm -f "$policy"; fi
}
trap restore EXIT
printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
"${as_root[@]}" chmod 755 "$policy"
log=$(mktemp)
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" </dev/null >"$log" 2>&1; }
if ! { install || { "${as_root[@]}" apt-get update -q </dev/null >"$log" 2>&1 && install; }; }; then
  tail -20 "$log" >&2
  echo "test: the packages could not be installed." >&2
  exit 1
fi
rm -f "$log"
