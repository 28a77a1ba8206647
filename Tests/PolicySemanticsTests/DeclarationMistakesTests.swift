import PolicyDiagnostics
import PolicySemantics
import PolicySource
import Testing

@Suite struct DeclarationMistakesTests {
  @Test(arguments: [
    ("budget b = $20 per tenant per day", []),
    ("budget b = $20 per month", []),
    ("budget b = 20 per month", ["expected_token"]),
    ("budget b = $0 per month", ["out_of_range"]),
    ("budget b = EUR 2 per month", ["wrong_currency"]),
    ("budget b = $20 per day per tenant", ["wrong_arguments"]),
    ("budget b = $20 per tenant", ["wrong_arguments"]),
    ("budget b = $20 per fortnight", ["unknown_value"]),
    ("budget b = $20 per plan per day", []),
    ("budget b = $20 per plann per day", ["unknown_value"]),
    ("limit b = 60 requests per request", ["out_of_range"]),
    ("limit b = 5 at once per tenant", []),
    ("limit b = 5 at once per tenant per day", ["wrong_arguments"]),
    ("limit b = 0 requests per day", ["out_of_range"]),
    ("limit b = 1k tokens per key per hour when plan = pro", []),
    ("limit b = 1k tokens per key per hour when b.used > 50%", ["costly_condition"]),
    ("limit b = 1k tokens per key per hour when hard >= 10", ["costly_condition"]),
    ("limit b = 1k tokens per key per hour when area = law", ["costly_condition"]),
    ("compress c { target context to 50% with extractive }", ["unused_declaration"]),
    ("compress c { target context with lossless }", ["unused_declaration"]),
    ("compress c { target context to 90% with lossless }", ["unused_declaration"]),
    ("compress c { target context with extractive }", ["missing_size", "unused_declaration"]),
    ("compress c { target context with qwen3-8b }", ["missing_size", "unused_declaration"]),
    (
      "compress c { target context to 100% with extractive }",
      ["out_of_range", "unused_declaration"]
    ),
    (
      "compress c { target contxt to 5 tokens with qwen }",
      ["unknown_value", "unknown_name", "unused_declaration"]
    ),
    ("guard g { only models where model.region = eu }", []),
    ("guard g { only models where model.region = ue }", ["unknown_value"]),
    ("guard g { only models where model.tag = local and model.window >= 8k }", []),
    ("guard g { only models where model.output_price <= $1 per 1M tokens }", []),
    ("guard g { only models where model.output_price <= $1 }", ["missing_unit"]),
    ("guard g { only models where model.output_price }", ["missing_comparison"]),
    ("guard g { only models where model.price = 1 }", ["unknown_name"]),
    ("guard g { only models where region = eu }", ["unknown_name"]),
    ("guard g { only models where stream }", ["wrong_place"]),
    ("guard g { drop tools  drop tools }", ["repeated_part"]),
    ("guard g { drop tools  refuse \"no\" }", ["useless_line"]),
    ("guard g { refuse \"\" }", ["empty_text"]),
    ("points p { 0 when stream }", ["unused_declaration", "out_of_range"]),
    ("points p { }", ["unused_declaration", "empty_declaration"]),
    ("facts { f : free | free = free }", ["unused_declaration", "duplicate_name"]),
    ("facts { f : count = \"3\" }", ["unused_declaration", "wrong_type"]),
    ("facts { f : bool = maybe }", ["unused_declaration", "unknown_value"]),
    ("facts { f : text = \"\" from header \"x y\" }", ["unused_declaration", "out_of_range"]),
    (
      "classifier k : a | b { reads promt ask qwen3 \"\" on failure c }",
      ["unused_declaration", "unknown_value", "unknown_name", "empty_text", "unknown_value"]
    ),
    ("task a when stream", ["missing_otherwise"]),
    ("task a otherwise task b when stream", ["otherwise_not_last"]),
    ("task a when task = b task b otherwise", ["cycle"]),
    ("ladder l { tier qwen3-8b tier qwen3-8b attempts 2 }", ["unused_declaration"]),
    ("ladder l { tier qwen3-8b tier qwen3-8b }", ["repeated_target", "unused_declaration"]),
    (
      "ladder l { tier minilm on exhausted fail on exhausted return last }",
      ["wrong_kind", "repeated_part", "unused_declaration"]
    ),
    (
      "ladder l(max_budget = 1, max_budget = 2) { tier qwen3-8b }",
      ["repeated_part", "unused_declaration"]
    ),
    ("ladder l(max_time = 1) { tier qwen3-8b }", ["wrong_type", "unused_declaration"]),
    (
      "ladder l { tier qwen3-8b on exhausted return best }",
      ["best_not_comparable", "unused_declaration"]
    ),
    ("zone \"Europe/Berlin\" zone \"UTC\"", ["repeated_part"]),
    ("zone \"Europe/Berlim\"", ["unknown_name"]),
    ("gate x = y gate y = not x", ["cycle"]),
    ("ladder qwen3-8b { tier qwen3-8b }", ["malformed_name"]),
  ])
  func `a declaration is held against what it promises`(line: String, expected: [String]) {
    let text = around(
      """
      facts { plan : free | pro = free }
      classifier area : law | other { reads question ask qwen3-8b "which?" on failure other }
      points hard { 30 when area = law }
      \(line)
      route chats when plan = pro and hard >= 30 { use qwen3-8b }
      """)
    #expect(codes(check(text).diagnostics).sorted() == expected.sorted())
  }

  @Test(arguments: [
    ("use qwen3-8b", []),
    ("use qwen3-8b timeout 0s", ["out_of_range"]),
    ("use qwen3-8b timeout 5s timeout 6s", ["repeated_part"]),
    ("use qwen3-8b attempts 4", ["out_of_range"]),
    ("use qwen3-8b effort huge", ["unknown_value"]),
    ("use qwen3-8b max_output 1k tokens min_output 2k tokens", ["out_of_range"]),
    ("use qwen3-8b timeout 5s first_token 6s", ["out_of_range"]),
    ("use qwen3-9b", ["unknown_name"]),
    ("use minilm", ["wrong_kind"]),
    (
      "set seed 1 split by user { 50% as a { set seed 2 use qwen3-8b } 50% use qwen3-32b }",
      ["repeated_part"]
    ),
    ("use cheap attempts 2", ["option_on_ladder"]),
    ("use qwen3-8b fallback on broken qwen3-32b", ["unknown_value"]),
    ("use qwen3-8b fallback on (limited, limited) qwen3-32b", ["repeated_value"]),
    ("use qwen3-8b fallback qwen3-32b fallback qwen3-32b", ["repeated_target"]),
    ("use qwen3-8b fallback qwen3-32b fallback qwen3-32b timeout 9s", []),
    ("use qwen3-8b fallback on limited qwen3-32b fallback on too_long qwen3-32b", []),
    ("use requested", ["requested_without_fallback"]),
    ("use requested fallback on too_long qwen3-8b", ["requested_without_fallback"]),
    ("use requested fallback on unavailable qwen3-8b", []),
    ("use qwen3-8b use qwen3-32b", ["route_action"]),
    ("use qwen3-8b refuse \"no\"", ["route_action"]),
    ("refuse \"\"", ["empty_text"]),
    ("set temperature 3 use qwen3-8b", ["out_of_range"]),
    ("set temperature 1 default temperature 0 use qwen3-8b", ["repeated_part"]),
    ("set top_k 3 use qwen3-8b", ["unknown_name"]),
    ("set seed 0.5 use qwen3-8b", ["wrong_type"]),
    ("prepend system file \"blank.md\" use qwen3-8b", ["empty_text"]),
    ("append system file \"none.md\" use qwen3-8b", ["missing_file"]),
    ("replace system \"a\" replace system \"b\" use qwen3-8b", ["repeated_part"]),
    ("cache similar >= 0.9 by minilm for 1h use qwen3-8b", []),
    ("cache similar >= 0.9 by minilm2 for 1h use qwen3-8b", ["unknown_name"]),
    ("cache similar >= 0.9 by qwen3-8b for 1h use qwen3-8b", ["wrong_kind"]),
    ("cache similar >= 1.9 by minilm for 1h use qwen3-8b", ["out_of_range"]),
    ("cache exact for 1h per team use qwen3-8b", ["unknown_value"]),
    ("cache exact for 1h per user use qwen3-8b", []),
    ("batch up to 1 within 10ms use qwen3-8b", ["out_of_range"]),
    ("compress cheap use qwen3-8b", ["wrong_kind"]),
    ("shadow 0% use qwen3-32b use qwen3-8b", ["out_of_range"]),
    ("stop when json_complete and not repeating use qwen3-8b", []),
    ("stop after 0 tokens when json_complete use qwen3-8b", ["out_of_range"]),
    ("stop when length >= 5 chars use qwen3-8b", ["wrong_place"]),
    ("stop when stream use qwen3-8b", ["wrong_place"]),
    ("stop when finished use qwen3-8b", ["unknown_name"]),
    ("split by user { 50% use qwen3-8b 50% use qwen3-32b }", []),
    ("split by users { 50% use qwen3-8b 50% use qwen3-32b }", ["unknown_value"]),
    (
      "split by request { 50% as a { use qwen3-8b } 50% as a { use qwen3-32b } }",
      ["duplicate_name"]
    ),
    ("split by request { }", ["empty_declaration"]),
  ])
  func `a route's lines fit each other`(lines: String, expected: [String]) {
    let text = around(
      """
      ladder cheap { tier qwen3-8b  tier qwen3-32b }
      route chats when stream { \(lines) }
      route other when turn >= 2 { use cheap }
      """)
    #expect(codes(check(text).diagnostics) == expected)
  }

  @Test func `a fallback that asks again in the same way is a warning which shows both`() throws {
    let text = around(
      "route chats when stream { use qwen3-8b fallback qwen3-32b fallback on limited qwen3-32b }")
    let finding = try #require(check(text).diagnostics.first)
    #expect(finding.severity == .warning && finding.code.rawValue == "repeated_target")
    let file = SourceFile(path: "policy.rung", text: text)
    let places = [finding.span] + finding.notes.compactMap(\.span)
    #expect(places.map(file.text(of:)) == ["qwen3-32b", "qwen3-32b"])
  }
}
