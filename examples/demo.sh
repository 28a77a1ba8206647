#!/usr/bin/env bash
# The demo behind `make run`: every example request through policies/support, answered by the
# stand-in provider on a free loopback port, beside "everything on GPT-4o" at both prices that are
# quoted for it. With PROVIDER=real it calls the catalog's provider instead.
set -euo pipefail
cd "$(dirname "$0")/.."

rung=${RUNG:-rung}
standin=${STANDIN:-rung-standin}
requests=(examples/requests/*.json)
baselines=(--compare gpt-4o --compare gpt-4o-as-coded)
key=GLOBAL_APIS_KEY

if [ "${PROVIDER:-}" = real ]; then
  [ -n "${!key:-}" ] || { echo "PROVIDER=real needs the key of the catalog's provider in $key" >&2; exit 2; }
  echo "calling the real provider of policies/support/catalog.yaml with $key"
  exec "$rung" run policies/support "${requests[@]}" "${baselines[@]}"
fi
if [ -n "${!key:-}" ]; then
  echo "$key is set: \`make run PROVIDER=real\` would call the real provider"
fi

# The stand-in ends when this script does, however it ends: its standard input is a pipe whose other
# end only this script holds.
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkfifo "$room/held"
"$standin" --exit-with-parent <"$room/held" >"$room/address" &
exec 9>"$room/held"
for _ in $(seq 100); do
  [ -s "$room/address" ] && break
  sleep 0.05
done
url=$(sed -n 's/^listening on //p' "$room/address")
[ -n "$url" ] || { echo "the stand-in provider did not start" >&2; exit 3; }
echo "${#requests[@]} requests through policies/support, answered by the stand-in at $url"
echo
status=0
"$rung" run policies/support "${requests[@]}" --base-url "$url" "${baselines[@]}" \
  --ledger "$room/rung.ledger" 9>&- || status=$?
exit "$status"
