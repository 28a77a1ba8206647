import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import Testing

@Suite struct TestEntriesTests {
  private func found(_ declaration: String) -> [String] {
    codes(
      check(
        around(
          """
          facts { plan : free | pro = free  team : text required from key }
          classifier area : law | other { reads question ask qwen3-8b "which?" on failure other }
          budget cash = $20 per team per day
          limit flow = 100 requests per day
          gate score = judge(qwen3-32b, "good?")
          gate solid = not refusal
          guard contain when prompt has secret { drop tools }
          task chat when stream
          task rest otherwise
          ladder two {
            tier qwen3-8b accept score >= 0.5 and solid  tier qwen3-32b accept score >= 0.5
            tier qwen3-long
          }
          route faq when task = chat and plan = free and area = other { use two }
          \(declaration)
          """)
      ).diagnostics)
  }

  @Test(arguments: [
    ("question = \"hi\" plan = pro", []),
    ("question = \"hi\" question = \"ho\"", ["repeated_part"]),
    ("question = hi", ["wrong_type"]),
    ("plan = por", ["unknown_value"]),
    ("plan != pro", ["wrong_operator"]),
    ("plann = pro", ["unknown_name"]),
    ("stream = true max_tokens = 500 temperature = 0.5", []),
    ("stream = yes", ["unknown_value"]),
    ("tools = 2 images = 1 format = json", []),
    ("tools = 5k", ["out_of_range"]),
    ("tenant = \"acme\" user = \"u1\" model = \"auto\"", []),
    ("language = de", ["wrong_place"]),
    ("turn = 3", ["wrong_place"]),
    ("hour = 3", ["missing_zone"]),
    ("score = 0.5", ["wrong_kind"]),
    ("team = \"search\"", []),
  ])
  func `a test's request has fields and facts`(entries: String, expected: [String]) {
    #expect(found("test \"t\" { request { \(entries) } expect { route = faq } }") == expected)
  }

  @Test(arguments: [
    ("date = 2026-11-22 weekday = sunday hour = 3", ""),
    (
      "date = 2026-11-22 weekday = monday",
      "`weekday` is `sunday` on 2026-11-22, not `monday`"
    ),
    (
      "weekday = friday date = 1969-12-31",
      "`weekday` is `wednesday` on 1969-12-31, not `friday`"
    ),
  ])
  func `a date has its weekday`(entries: String, expected: String) {
    for request in ["request { \(entries) }", "request file \"request.json\" { \(entries) }"] {
      let test = "test \"t\" { \(request) expect { calls = 1 } }"
      let found = check(around("zone \"Europe/Berlin\"\n\(test)")).diagnostics
      #expect(found.map(\.message) == (expected.isEmpty ? [] : [expected]))
    }
  }

  /// The clocks of this machine go from two to four on one day of March, and past one day of December.
  @Test(arguments: [
    ("date = 2026-03-29 hour = 1", "", ""), ("date = 2026-03-29 hour = 4", "", ""),
    ("date = 2026-03-28 hour = 3", "", ""), ("hour = 3", "", ""), ("date = 2026-03-29", "", ""),
    (
      "hour = 3 date = 2026-03-29", "the clocks of \"Here/There\" go past hour 3 on 2026-03-29",
      "write `hour = 4`"
    ),
    ("date = 2011-12-30", "the clocks of \"Here/There\" go past hour 12 on 2011-12-30", ""),
    ("date = 2011-12-30 hour = 5", "the clocks of \"Here/There\" go past hour 5 on 2011-12-30", ""),
  ])
  func `an hour that clocks go past is none of a test`(
    entries: String, expected: String, cure: String
  ) {
    var vocabulary = Vocabulary.forPages
    vocabulary.zones = MachineZones(names: ["Here/There"]) { _, date, hour in
      date != CalendarDate(year: 2011, month: 12, day: 30)
        && !(date == CalendarDate(year: 2026, month: 3, day: 29) && hour == 3)
    }
    for request in ["request { \(entries) }", "request file \"request.json\" { \(entries) }"] {
      let test = "test \"t\" { \(request) expect { calls = 1 } }"
      let text = around("zone \"Here/There\"\n\(test)")
      let found = check(text, vocabulary: vocabulary).diagnostics
      #expect(found.map(\.message) == (expected.isEmpty ? [] : [expected]))
      #expect(found.flatMap(\.fixIts).map(\.message) == (cure.isEmpty ? [] : [cure]))
    }
  }

  @Test(arguments: [
    ("score = 0.4 at qwen3-8b solid = false", []),
    ("score = 40%", ["wrong_type"]),
    ("score = 0.4 at qwen3-8b score = 0.5 at qwen3-8b", ["repeated_part"]),
    ("score = 0.4 at qwen3-8b score = 0.5 at qwen3-32b", []),
    ("solid = false at qwen3-32b", ["useless_line"]),
    ("score = 0.4 at qwen3-long", ["useless_line"]),
    ("solid = 0.4", ["wrong_type"]),
    ("score = 0.4 at qwen3-9b", ["unknown_name"]),
    ("area = law", []),
    ("area = laws", ["unknown_value"]),
    ("area = law at qwen3-8b", ["wrong_arguments"]),
    ("cash.used = 85% flow.used = 3", []),
    ("cash.used = 3", ["missing_currency"]),
    ("cash = 3", ["wrong_kind"]),
    ("qwen3-8b fails limited qwen3-32b = unhealthy", []),
    ("qwen3-8b fails slowly", ["unknown_value"]),
    ("qwen3-9b fails limited", ["unknown_name"]),
    ("scor = 0.4", ["unknown_name"]),
    ("score fails unavailable at qwen3-8b score = 0.4 at qwen3-32b", []),
    ("score fails limited area fails unavailable minilm fails unavailable", []),
    ("score fails slowly", ["unknown_value"]),
    ("score = 0.4 score fails limited", ["repeated_part"]),
    ("area = law area fails limited", ["repeated_part"]),
    ("score fails limited at qwen3-long", ["useless_line"]),
    ("solid fails unavailable", ["useless_line"]),
    ("area fails unavailable at qwen3-8b", ["wrong_arguments"]),
    ("qwen3-8b fails unavailable at qwen3-32b", ["wrong_arguments"]),
    ("minilm fails unavailable at qwen3-8b", ["wrong_arguments"]),
    ("cash fails unavailable", ["wrong_kind"]),
    ("scor fails limited", ["unknown_name"]),
  ])
  func `a test is given outcomes a run would bring`(given: String, expected: [String]) {
    #expect(
      found("test \"t\" { request { } given { \(given) } expect { route = faq } }") == expected)
  }

  @Test(arguments: [
    ("task = chat route = faq first = qwen3-8b last != qwen3-32b", []),
    ("task = chatt", ["unknown_name"]),
    ("route = otherwise", []),
    ("route = two", ["wrong_kind"]),
    ("route >= faq", ["wrong_operator"]),
    ("calls <= 2 climbs = 1 answered_by = qwen3-8b cached = false", []),
    ("calls = many", ["wrong_type"]),
    ("worst_cost <= $0.50 expected_cost < $0.01", []),
    ("worst_cost <= 0.50", ["missing_currency"]),
    ("refused_by = contain", []),
    ("refused_by = cash", []),
    ("refused_by = team", []),
    ("refused_by = two", []),
    ("refused_by = score", ["wrong_kind"]),
    ("first.output_price <= $1 per 1M tokens last.region = eu", []),
    ("first.output_price <= $1", ["missing_unit"]),
    ("first.colour = red", ["unknown_name"]),
    ("fist = qwen3-8b", ["unknown_name"]),
  ])
  func `a test expects fields of a decision`(entries: String, expected: [String]) {
    #expect(found("test \"t\" { request { } expect { \(entries) } }") == expected)
  }

  @Test(arguments: [
    ("always \"a\" when plan = free { route = faq }", []),
    ("always \"a\" when plan = fre { route = faq }", ["unknown_value"]),
    ("always \"a\" when stream { answered_by = qwen3-8b }", ["wrong_place"]),
    ("always \"a\" when stream { }", ["empty_declaration"]),
    (
      "always \"a\" when stream { calls <= 2 } always \"a\" when stream { calls <= 3 }",
      ["duplicate_name"]
    ),
    ("test \"t\" { request file \"request.json\" expect { calls = 1 } }", []),
    ("test \"t\" { request file \"none.json\" expect { calls = 1 } }", ["missing_file"]),
    ("test \"t\" { request file \"request.json\" { plan = free } expect { calls = 1 } }", []),
    ("test \"t\" { request file \"request.json\" { tenant = \"a\" } expect { calls = 1 } }", []),
    (
      "test \"t\" { request file \"request.json\" { plan = fre } expect { calls = 1 } }",
      ["unknown_value"]
    ),
    (
      "test \"t\" { request file \"request.json\" { question = \"q\" } expect { calls = 1 } }",
      ["wrong_place"]
    ),
    (
      "test \"t\" { request file \"none.json\" { model = \"m\" } expect { calls = 1 } }",
      ["missing_file", "wrong_place"]
    ),
    ("test \"\" { request { } expect { calls = 1 } }", ["empty_text"]),
    ("test \"t\" { request { } expect { } }", ["empty_declaration"]),
  ])
  func `tests and promises have titles and something to hold`(
    declaration: String, expected: [String]
  ) {
    #expect(found(declaration) == expected)
  }
}
