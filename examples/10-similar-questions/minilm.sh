# Measures this policy with MiniLM on this machine; arguments go to `rung cache measure`. Needs the
# packages that `minilm.py` names, in the Python that `PYTHON` names.
rung=${RUNG:-rung}
python=${PYTHON:-${XDG_CACHE_HOME:-$HOME/.cache}/rung-clients/bin/python3}
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
mkfifo "$room/held"
"$python" examples/10-similar-questions/minilm.py <"$room/held" >"$room/address" &
exec 9>"$room/held"
for _ in $(seq 600); do
  [ -s "$room/address" ] && break
  sleep 0.05
done
url=$(sed -n 's/^listening on //p' "$room/address")
[ -n "$url" ] || { echo "the encoder did not start" >&2; exit 3; }
"$rung" cache measure examples/10-similar-questions --base-url "$url" "$@" 9>&-
