# Starts the stand-in provider on a free loopback port, for the scripts that source this: `room` is a
# folder of the script's own, `url` the provider's address. Both go when the script ends, however it
# ends: the provider's standard input is a pipe whose other end only the script holds (descriptor 9).
rung=${RUNG:-rung}
standin=${STANDIN:-rung-standin}
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
