#!/usr/bin/env bash
# Writes tickets to be labelled, one a line, in the shape of OpenAI's Batch input. How many: $1, or 500.
seq "${1:-500}" | awk '
BEGIN {
  split("The invoice|My parcel|The password|A refund|The mobile app|Order", subject, "|")
  split("has not arrived|was charged twice|does not work since the update|shows an error|is late again", trouble, "|")
  split("Please help|I need it today|This is the second time|Thank you", end, "|")
}
{
  text = subject[($1 - 1) % 6 + 1] " " $1 " " trouble[($1 - 1) % 5 + 1] ". " end[($1 - 1) % 4 + 1] "."
  printf "{\"custom_id\":\"ticket-%04d\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",", $1
  printf "\"body\":{\"messages\":[{\"role\":\"system\",\"content\":\"Classify the ticket: billing, delivery, account or other.\"},"
  printf "{\"role\":\"user\",\"content\":\"%s\"}],\"max_completion_tokens\":16}}\n", text
}'
