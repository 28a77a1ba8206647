# Asks through the stand-in provider, with a cache in the file `answers.cache`: each file is a process
# of its own. A first argument that is a policy is asked in place of this folder's.
source examples/standin.sh
policy=examples/09-answer-once
if [ "${1##*.}" = rung ]; then
  policy=$1
  shift
fi
for file in "$@"; do
  echo "- $(basename "$file")"
  "$rung" run "$policy" "$file" --base-url "$url" --no-ledger --cache answers.cache 9>&- \
    | sed -E '/ accepted /d; s/, [0-9]* s old//; s/request [0-9A-Z]{26}/an earlier request/'
done
