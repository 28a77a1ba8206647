#!/usr/bin/env bash
# Serves policies/support as a gateway, before the stand-in provider: no key, no money. Further
# arguments go to `rung serve`.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../standin.sh"
"$rung" serve "$here/../../policies/support" --base-url "$url" --ledger "$room/gateway.ledger" "$@"
