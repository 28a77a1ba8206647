import PolicyDiagnostics
import PolicySemantics
import RoutingTestSupport
import Testing

/// What one line of policy is worth: the codes it draws, in order of place.
@Suite struct MistakesTests {
  @Test(arguments: [
    // Units and types of a request's fields.
    ("prompt.tokens >= 4k", []),
    ("prompt.tokens >= 4k tokens", []),
    ("prompt.tokens >= 500 chars", ["wrong_unit"]),
    ("prompt.chars >= 4k tokens", ["wrong_unit"]),
    ("turn >= 3 tokens", ["wrong_unit"]),
    ("max_tokens > 1M", []),
    ("max_tokens > 1.5", ["wrong_type"]),
    ("prompt.lines >= 50%", ["wrong_type"]),
    ("temperature > 0.7", []),
    ("temperature > 2.5", ["out_of_range"]),
    ("temperature > 2", ["never_holds"]),
    ("tools has \"search\"", []),
    ("tools has (\"search\", \"search\")", ["repeated_value"]),
    ("tools mentions \"search\"", ["wrong_operator"]),
    ("tools", ["missing_comparison"]),
    ("turn in (1, 2)", []),
    ("turn not in (1, two)", ["wrong_type"]),
    ("turn < 0", ["never_holds"]),
    ("turn >= 0", ["always_holds"]),
    ("stream", []),
    ("not stream", []),
    ("stream = false", ["needless_comparison"]),
    ("stream(1)", ["expected_token"]),
    ("stream(x)", ["wrong_arguments"]),
    ("format = json", []),
    ("format = xml", ["unknown_value"]),
    ("format = \"json\"", ["wrong_type"]),
    ("format >= json", ["wrong_operator"]),
    ("format in (text, json, json_schema)", ["always_holds"]),
    ("format not in (text, json, json_schema)", ["never_holds"]),
    ("model = \"gpt-4o\"", []),
    ("model = qwen3-8b", []),
    ("model = qwen3-8c", ["unknown_name"]),
    ("model mentions \"gpt\"", ["wrong_operator"]),
    ("language = de", []),
    ("language = \"unknown\"", []),
    ("language = german", ["out_of_range"]),
    ("tenant = \"acme\"", []),
    ("tenant = acme", ["wrong_type"]),
    ("healthy(qwen3-8b)", []),
    ("healthy(minilm)", ["wrong_kind"]),
    ("healthy", ["wrong_arguments"]),
    ("hour >= 8", ["missing_zone"]),
    ("weekday = monday", ["missing_zone"]),
    ("date >= 2027-01-31", ["missing_zone"]),
    // Texts.
    ("prompt mentions \"hi\"", []),
    ("prompt mentions hi", ["wrong_type"]),
    ("prompt mentions \"\"", ["empty_text"]),
    ("prompt mentions (\"a\", 3, \" \")", ["wrong_type", "empty_text"]),
    ("prompt has (code, email)", []),
    ("prompt has \"code\"", ["wrong_type"]),
    ("prompt has (code, emial)", ["unknown_value"]),
    ("prompt starts with \"\"", ["empty_text"]),
    ("prompt = \"hi\"", ["wrong_operator"]),
    ("prompt in (\"hi\")", ["wrong_operator"]),
    ("prompt", ["missing_comparison"]),
    ("prompt matches /a(b/", ["invalid_pattern"]),
    ("prompt matches /a{2000}/", ["invalid_pattern"]),
    ("prompt.words >= 3", ["unknown_name"]),
    // Names of the wrong kind or place.
    ("refusal", ["wrong_place"]),
    ("length >= 20 chars", ["wrong_place"]),
    ("cash", ["missing_comparison"]),
    ("cash.used >= 80%", []),
    ("cash.used >= 120%", ["out_of_range"]),
    ("cash.used >= 0%", ["always_holds"]),
    ("cash.left < $1", []),
    ("cash.left < 1", ["missing_currency"]),
    ("cash.left < EUR 1", ["wrong_currency"]),
    ("cash.left < 5 tokens", ["wrong_type"]),
    ("cash.spent >= 80%", ["unknown_name"]),
    ("flow.left < 1k", []),
    ("flow.left < 1k tokens", []),
    ("flow.left < $1", ["wrong_type"]),
    ("plan = free", []),
    ("plan = fre", ["unknown_value"]),
    ("plan.used >= 80%", ["unknown_name"]),
    ("plan", ["missing_comparison"]),
    ("seats >= 10", []),
    ("seats >= 10 chars", ["wrong_unit"]),
    ("seats = many", ["wrong_type"]),
    ("project = \"x\"", []),
    ("project contains \"x\"", ["wrong_operator"]),
    ("vip", []),
    ("vip = true", ["needless_comparison"]),
    ("chats", ["wrong_kind"]),
    ("task = chat", ["unknown_name"]),
  ])
  func `a condition is typed by its subject`(condition: String, expected: [String]) {
    let text = """
      rung 1
      catalog "catalog.yaml"
      @allow(unused_declaration, reason: "not every case uses all of them")
      facts { plan : free | pro = free  seats : count = 1  project : text = ""  vip : bool = false
        kept : bool = false }
      budget cash = $20 per day
      limit flow = 10k tokens per minute
      route chats when \(condition) { use qwen3-8b }
      otherwise { use qwen3-8b }
      """
    #expect(codes(check(text).diagnostics) == expected)
  }

  @Test(arguments: [
    ("not refusal and finish = stop", []),
    ("finish in (stop, length)", []),
    ("finish = stopped", ["unknown_value"]),
    ("length >= 20 tokens", []),
    ("length >= 20%", ["wrong_type"]),
    ("length", ["missing_comparison"]),
    ("length >= 0 chars", ["always_holds"]),
    ("answer contains \"x\"", []),
    ("answer", ["missing_comparison"]),
    ("json = true", ["needless_comparison"]),
    ("prompt mentions \"x\"", ["wrong_place"]),
    ("schema(\"answer.schema.json\")", []),
    ("schema(\"none.json\")", ["missing_file"]),
    ("schema(qwen3-8b)", ["wrong_arguments"]),
    ("agrees(qwen3-8b) >= 0.5", []),
    ("agrees(qwen3-9b) >= 0.5", ["unknown_name"]),
    ("agrees(qwen3-8b) >= 50%", ["wrong_type"]),
    ("agrees(qwen3-8b) >= 1.5", ["out_of_range"]),
    ("agrees(qwen3-8b) > 0.5", ["wrong_direction"]),
    ("similar(\"gold.jsonl\") >= 0.5 and not refusal", []),
    ("similar(\"gold.jsonl\") and not refusal", ["missing_threshold"]),
    ("not (judge(qwen3-8b, \"ok?\"))", ["missing_threshold"]),
    ("judge(qwen3-8b, \"\") >= 0.5", ["empty_text"]),
    ("judge(\"ok?\", qwen3-8b) >= 0.5", ["wrong_arguments"]),
    ("logprob(p10) >= 0.5", []),
    ("logprob(p200) >= 0.5", ["out_of_range"]),
    ("http(\"https://a.b/c\", higher_is_better) >= 0.5", []),
    ("http(\"https://a.b/c\", lower_is_better) >= 0.5", ["wrong_direction"]),
    ("http(\"ftp://a.b/c\", lower_is_better) <= 0.5", ["out_of_range"]),
    ("http(\"https://a.b/c\", up) <= 0.5", ["unknown_value"]),
    ("mix(70% score, 30% score)  >= 0.5", []),
    ("mix(70% score, 20% score) >= 0.5", ["shares_not_whole"]),
    ("mix(70% score, 30% yes) >= 0.5", ["wrong_kind"]),
    ("mix(70% score, 30% toxic) >= 0.5", ["wrong_direction"]),
    ("mix(score) >= 0.5", ["wrong_arguments"]),
    ("yes and score >= 0.5", []),
    ("yes >= 0.5", ["needless_comparison"]),
    ("score", ["missing_threshold"]),
    ("toxic <= 0.2", []),
    ("toxic <= 1", ["always_holds"]),
    ("score >= 0", ["always_holds"]),
    ("toxic >= 0.2", ["wrong_direction"]),
    ("yess", ["unknown_name"]),
    ("cheap", ["wrong_kind"]),
  ])
  func `a gate is a yes or no, or a score with its direction`(
    condition: String, expected: [String]
  ) {
    let text = around(
      """
      gate score = judge(qwen3-8b, "good?")
      gate toxic = http("https://a.b/c", lower_is_better)
      gate yes   = not refusal
      gate tried = (\(condition)) and json
      ladder cheap { tier qwen3-8b accept tried and yes and score >= 0.5 and toxic <= 0.5 }
      route chats when stream { use cheap }
      """)
    #expect(codes(check(text).diagnostics) == expected)
  }

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
    ("use qwen3-8b attempts 11", ["out_of_range"]),
    ("use qwen3-8b effort huge", ["unknown_value"]),
    ("use qwen3-8b max_output 1k tokens min_output 2k tokens", ["out_of_range"]),
    ("use qwen3-8b timeout 5s first_token 6s", ["out_of_range"]),
    ("use qwen3-9b", ["unknown_name"]),
    ("use minilm", ["wrong_kind"]),
    ("use cheap attempts 2", ["option_on_ladder"]),
    ("use qwen3-8b fallback on broken qwen3-32b", ["unknown_value"]),
    ("use qwen3-8b fallback on (limited, limited) qwen3-32b", ["repeated_value"]),
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
}
