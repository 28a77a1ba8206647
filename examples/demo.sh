#!/usr/bin/env bash
# The demo behind `make run`: every example request through policies/support, answered by the
# stand-in provider on a free loopback port, beside "everything on GPT-4o" at both prices that are
# quoted for it. With PROVIDER=real it calls the catalog's provider instead.
set -euo pipefail
cd "$(dirname "$0")/.."

rung=${RUNG:-rung}
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

source examples/standin.sh
echo "${#requests[@]} requests through policies/support, answered by the stand-in at $url"
echo
status=0
"$rung" run policies/support "${requests[@]}" --base-url "$url" "${baselines[@]}" \
  --ledger "$room/rung.ledger" 9>&- || status=$?
exit "$status"
