import PolicyDiagnostics

extension SyntaxPages {
  static let literals: [DiagnosticPage] = [
    DiagnosticPage(
      .controlCharacter, .error, finds: "A control character inside a string.",
      why: "Nobody reading the policy can see it. Its escape can be seen.",
      wrong: route("prompt contains \"a\u{1}b\""), instead: route("prompt contains \"a\\u{1}b\""),
      fix: "The fix-it writes the escape; it is safe."),
    DiagnosticPage(
      .unterminatedString, .error, finds: "A string that does not end on its line.",
      why:
        "A string stands on one line, so a forgotten quote costs one line and not the file. A line "
        + "end inside a string is written `\\n`.",
      wrong: route("model = \"auto"), instead: route("model = \"auto\""),
      fix: "The fix-it closes the string at the end of its line; check that this is where it ends."),
    DiagnosticPage(
      .unterminatedRegex, .error, finds: "A `/` whose regular expression does not end on its line.",
      why: "There is no division in a policy: a `/` that stands alone starts a regular expression. "
        + "Inside a word such as `org/model` it has a letter or a digit on each side.",
      wrong: route("prompt.chars / 2 > 500"), instead: route("prompt.chars > 1k")),
    DiagnosticPage(
      .unknownEscape, .error, finds: "A backslash in a string that starts no escape.",
      why:
        "The escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`. Guessing at others would make the "
        + "string mean something its author did not write.",
      wrong: route("prompt contains \"a\\d\""), instead: route("prompt contains \"a\\\\d\""),
      fix: "The fix-it writes the backslash itself; check that no escape was meant."),
    DiagnosticPage(
      .regexFlags, .error, finds: "Flags behind a regular expression.",
      why: "Patterns are RE2: flags stand in front, as in `/(?i)weather/`.",
      wrong: route("prompt matches /weather/i"), instead: route("prompt matches /(?i)weather/"),
      fix: "The fix-it moves the flags to the front; it is safe."),
    DiagnosticPage(
      .malformedNumber, .error,
      finds: "A number with a unit that does not exist, or too many digits.",
      why: "The units directly behind digits are `k` and `M` for counts, `%`, and `ms s m h d` for "
        + "durations. Other units are words with a space before them.",
      wrong: policy("otherwise { use qwen3-8b timeout 10sec }"),
      instead: policy("otherwise { use qwen3-8b timeout 10s }"),
      fix: "Where the unit can be guessed, the fix-it writes it; check the amount."),
    DiagnosticPage(
      .malformedDate, .error, finds: "A date that is not in the calendar.",
      why: "A date is written year-month-day. One that does not exist would never come, or pass in "
        + "silence.",
      wrong: route("date >= 2027-02-30"), instead: route("date >= 2027-02-28"),
      fix: "Where only zeros are missing, the fix-it adds them."),
  ]
}
