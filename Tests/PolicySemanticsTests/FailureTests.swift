import PolicyDiagnostics
import PolicySemantics
import Testing

/// A guard that reads a classifier must not open when the classifier fails.
@Suite struct FailureTests {
  @Test(arguments: [
    // Straight: the label and the failure value.
    ("area = law", "law", true), ("area = law", "other", false),
    ("area = other", "other", true), ("area != other", "other", false),
    ("area != law", "other", true), ("area in (law, other)", "other", true),
    ("not (area = law)", "law", false), ("not (area = law)", "code", true),
    // Beside other tests.
    ("stream and area = law", "law", true), ("stream and area = law", "other", false),
    ("stream or area = law", "other", false), ("stream or area != law", "other", true),
    ("area = law or area = code", "law", true), ("area = law or area = code", "other", false),
    ("area = law and area = code", "other", true),
    // Through names.
    ("is_law", "law", true), ("is_law", "other", false), ("not is_law", "other", true),
    ("nested", "other", false), ("nested", "law", true),
    // Through points: 30 when law, 20 when streamed.
    ("hard >= 30", "other", false), ("hard >= 30", "law", true), ("hard < 30", "other", true),
    ("hard < 30", "law", false), ("hard = 30", "law", true), ("hard = 20", "law", false),
    // Through tasks: legal when law, live when streamed, rest.
    ("task = legal", "law", true), ("task = legal", "other", false),
    ("task = rest", "other", true), ("task = rest", "law", false),
    ("task in (live, rest)", "other", true), ("task != legal", "law", false),
    // Through two classifiers, each failing alone.
    ("area = law or tone = rude", "law", true), ("area = law and mood = angry", "law", false),
    ("area = law or mood = angry", "law", false),
  ])
  func `a guard holds for the failure value whenever it may hold for another label`(
    condition: String, failure: String, isClosed: Bool
  ) {
    let text = around(
      """
      classifier area : law | code | other {
        reads question  ask qwen3-8b "which?"  on failure \(failure)
      }
      classifier tone : rude | kind { reads question ask qwen3-8b "which?" on failure rude }
      classifier mood : angry | calm { reads question ask qwen3-8b "which?" on failure calm }
      condition is_law = area = law
      condition nested = is_law and stream
      points hard { 30 when area = law  20 when stream }
      task legal when area = law
      task live  when stream
      task rest  otherwise
      guard kept_in when \(condition) { drop tools }
      route uses when nested and hard >= 30 and tone = rude and mood = calm { use qwen3-8b }
      """)
    let found = codes(check(text).diagnostics)
    #expect(found == (isClosed ? [] : ["guard_fails_open"]))
  }
}
