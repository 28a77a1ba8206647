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
    // Two spellings of one letter: other bytes, but one keyword.
    ("tools has (\"caf\u{E9}\", \"cafe\u{301}\")", []),
    ("tenant in (\"caf\u{E9}\", \"cafe\u{301}\")", []),
    ("prompt contains (\"caf\u{E9}\", \"cafe\u{301}\")", []),
    ("prompt contains (\"caf\u{E9}\", \"caf\u{E9}\")", ["repeated_value"]),
    ("prompt mentions (\"caf\u{E9}\", \"cafe\u{301}\")", ["repeated_value"]),
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
}
