import PolicyDiagnostics

extension SemanticPages {
  static let types: [DiagnosticPage] = [
    DiagnosticPage(
      .wrongType,
      finds: "A value of another type than its field, fact or option takes.",
      why:
        "Types are never converted in silence: `\"3\"` is a text, `3` a number, `3s` a duration.",
      wrong: sample("route many_turns when turn >= \"3\" { use qwen3-long }"),
      instead: sample("route many_turns when turn >= 3 { use qwen3-long }"),
      fix: "Offered where only the spelling is off: quotes added or left out, a share as a score."),
    DiagnosticPage(
      .wrongOperator,
      finds: "A test that its field does not have.",
      why:
        "Labels have no order, numbers hold no words, and texts are searched rather than compared.",
      wrong: sample("route thanks when question = \"thanks\" { use qwen3-8b }"),
      instead: sample("route thanks when question mentions \"thanks\" { use qwen3-8b }")),
    DiagnosticPage(
      .missingComparison,
      finds: "A number, label or text that stands where a yes or no is needed.",
      why: "There is no truth of a number: say from where on it counts.",
      wrong: sample("route with_tools when tools { use deepseek-coder }"),
      instead: sample("route with_tools when tools >= 1 { use deepseek-coder }")),
    DiagnosticPage(
      .needlessComparison,
      finds: "A yes or no that is compared with something.",
      why: "One spelling for each meaning: `stream` and `not stream` say it all.",
      wrong: sample("route live when stream = true { use qwen3-8b }"),
      instead: sample("route live when stream { use qwen3-8b }"),
      fix: "Writes the bare word, or `not` before it. The meaning stays."),
    DiagnosticPage(
      .wrongArguments,
      finds: "Arguments, or words after `per`, that do not fit the name before them.",
      why: "Each name has one way to be written, shown in the note.",
      wrong: sample("route spare when not healthy(qwen3-8b, qwen3-32b) { use qwen3-long }"),
      instead: sample(
        "route spare when not (healthy(qwen3-8b) and healthy(qwen3-32b)) { use qwen3-long }")),
  ]

  static let units: [DiagnosticPage] = [
    DiagnosticPage(
      .wrongUnit,
      finds: "A count in another unit than the field's.",
      why: """
        A token is about four characters in English and less than one in Japanese; mixing them up \
        is how limits fail. `prompt.tokens`, `prompt.chars` and `prompt.lines` each count their own.
        """,
      wrong: sample("route long when prompt.tokens >= 500 chars { use qwen3-long }"),
      instead: sample("route long when prompt.chars >= 500 chars { use qwen3-long }"),
      fix: "Writes the field's own unit; if the unit is what you meant, change the field instead."),
    DiagnosticPage(
      .missingUnit,
      finds: "A number whose place does not say what it counts.",
      why:
        "`length` could be characters, tokens, bytes or lines, and a price needs the tokens it is for.",
      wrong: sample(
        """
        gate full = length >= 20
        ladder two { tier qwen3-8b accept full  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      instead: sample(
        """
        gate full = length >= 20 chars
        ladder two { tier qwen3-8b accept full  tier qwen3-32b }
        route chats when turn >= 2 { use two }
        """),
      fix: "One for each unit; which is meant only you know."),
    DiagnosticPage(
      .missingZone,
      finds: "`hour`, `weekday` or `date` in a policy without a `zone`.",
      why:
        "An hour means nothing without a place; a server's own zone would change with the server.",
      wrong: sample("route night when hour >= 22 { use qwen3-8b }"),
      instead: sample(
        """
        zone "Europe/Berlin"
        route night when hour >= 22 { use qwen3-8b }
        """)),
    DiagnosticPage(
      .wrongCurrency,
      finds: "An amount in a currency the catalog does not count in.",
      why: "Rates change daily and would change decisions with them, so nothing is converted.",
      wrong: sample("budget daily = EUR 20 per tenant per day"),
      instead: sample("budget daily = $20 per tenant per day")),
    DiagnosticPage(
      .missingCurrency,
      finds: "A bare number where money is meant.",
      why: "Only `max_budget` can be nothing but money; everywhere else a reader has to see it.",
      wrong: sample(
        """
        budget daily = $20 per tenant per day
        route saving when daily.left < 1 { use qwen3-8b }
        """),
      instead: sample(
        """
        budget daily = $20 per tenant per day
        route saving when daily.left < $1 { use qwen3-8b }
        """),
      fix: "Writes the catalog's currency before the number."),
  ]

  static let values: [DiagnosticPage] = [
    DiagnosticPage(
      .outOfRange,
      finds: "A value outside what its field or option can be.",
      why: "Such a value is a slip of the pen; guessing what was meant would be worse.",
      wrong: sample("route copies when stream { shadow 150% use qwen3-32b  use qwen3-8b }"),
      instead: sample("route copies when stream { shadow 15% use qwen3-32b  use qwen3-8b }")),
    DiagnosticPage(
      .neverHolds,
      finds: "A comparison that no request can meet.",
      why: "The route or guard behind it is dead, and looks alive.",
      wrong: sample(
        """
        points difficulty { 40 when prompt has code }
        route hard when difficulty >= 50 { use deepseek-reasoner }
        """),
      instead: sample(
        """
        points difficulty { 40 when prompt has code  20 when turn >= 3 }
        route hard when difficulty >= 50 { use deepseek-reasoner }
        """)),
    DiagnosticPage(
      .alwaysHolds, .warning,
      finds: "A comparison that every request meets.",
      why: "It decides nothing; often the bound or the operator is not the one that was meant.",
      wrong: sample("route tooled when tools >= 0 and stream { use deepseek-coder }"),
      instead: sample("route tooled when tools >= 1 and stream { use deepseek-coder }")),
    DiagnosticPage(
      .emptyText,
      finds: "An empty text, pattern, file or list where something has to be found.",
      why: "An empty keyword is in every text, and an empty reason explains nothing.",
      wrong: sample("route greeting when question mentions (\"hello\", \"\") { use qwen3-8b }"),
      instead: sample("route greeting when question mentions (\"hello\", \"hi\") { use qwen3-8b }")),
    DiagnosticPage(
      .repeatedValue, .warning,
      finds: "A value that stands in one list twice.",
      why: "The second does nothing; perhaps another value was meant.",
      wrong: sample(
        "route jobs when prompt mentions (\"sort\", \"label\", \"sort\") { use qwen3-8b }"),
      instead: sample("route jobs when prompt mentions (\"sort\", \"label\") { use qwen3-8b }")),
    DiagnosticPage(
      .invalidPattern,
      finds: "A pattern or keyword that cannot be searched for.",
      why: """
        Patterns are RE2: every one of them runs in time linear in the text, which look-around and \
        back-references would end.
        """,
      wrong: sample("route dates when prompt matches /(?<!x)2027/ { use qwen3-8b }"),
      instead: sample("route dates when prompt matches /\\b2027\\b/ { use qwen3-8b }")),
  ]
}
