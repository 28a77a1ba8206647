# Asks through the stand-in provider, with a cache in the file `answers.cache`: each file is a process
# of its own.
source examples/standin.sh
for file in "$@"; do
  echo "- $(basename "$file")"
  "$rung" run examples/09-answer-once "$file" --base-url "$url" --no-ledger --cache answers.cache 9>&- \
    | sed '/ accepted /d; s/, [0-9]* s old//'
done
