import PolicyDiagnostics
import PolicySemantics
import PolicySyntax
import PolicyUnits
import Testing

@Suite struct FilesTests {
  @Test(arguments: [
    (
      "condition kept = stream", "condition kept = stream\nroute a when kept { use qwen3-8b }",
      ["duplicate_name"]
    ),
    ("condition kept = stream", "route a when kept { use qwen3-8b }", []),
    ("condition idle = stream", "route a when stream { use qwen3-8b }", []),
    ("task a otherwise", "", ["not_importable"]),
    ("route a when stream { use qwen3-8b }", "", ["not_importable"]),
    ("otherwise { use qwen3-8b }", "", ["not_importable"]),
    ("catalog \"c.yaml\" zone \"UTC\"", "", ["not_importable", "not_importable"]),
    ("always \"a\" when stream { calls = 1 } guard g { drop tools }", "", []),
    ("condition kept = strem", "route a when kept { use qwen3-8b }", ["unknown_name"]),
  ])
  func `imports bring declarations and nothing else`(
    imported: String, declarations: String, expected: [String]
  ) {
    let checked = check(around(declarations), imports: ["rung 1\n\(imported)\n"])
    #expect(codes(checked.diagnostics) == expected)
    #expect((checked.value == nil) == !expected.isEmpty)
  }

  @Test func `imports come first, in the order given`() {
    let checked = check(
      around("condition third = first and second\nroute a when third { use qwen3-8b }"),
      imports: ["rung 1\ncondition first_one = stream\n", "rung 1\ncondition second = stream\n"])
    #expect(codes(checked.diagnostics) == ["unknown_name"])
    let sound = check(
      around("condition third = one and two\nroute a when third { use qwen3-8b }"),
      imports: ["rung 1\ncondition one = stream\n", "rung 1\ncondition two = stream\n"])
    #expect(sound.value?.conditions.map(\.name) == ["one", "two", "third"])
  }

  @Test(arguments: [
    ("@allow(unused_declaration, reason: \"audit\")", []),
    ("@allow(unused_declaration, reason: \"audit\", until: 2026-06-01)", []),
    ("@allow(unused_declaration, reason: \"audit\", until: 2026-05-31)", ["expired_suppression"]),
    ("@allow(unused_declaration, reason: \" \")", ["missing_reason"]),
    ("@allow(always_holds, reason: \"audit\")", ["unused_suppression", "unused_declaration"]),
    ("@allow(never_holds, reason: \"audit\")", ["unknown_rule", "unused_declaration"]),
    ("@allow(sillyness, reason: \"audit\")", ["unknown_rule", "unused_declaration"]),
    ("@allow(shadowed_route, reason: \"audit\")", ["unused_declaration"]),
    ("@allow(unused_declaration, reason: \"a\") @allow(shadowed_route, reason: \"b\")", []),
    ("", ["unused_declaration"]),
  ])
  func `a suppression covers one declaration, with a reason and for a time`(
    allow: String, expected: [String]
  ) {
    let checked = check(
      around("\(allow)\ncondition idle = stream"),
      today: CalendarDate(year: 2026, month: 6, day: 1), otherRules: ["shadowed_route"])
    #expect(codes(checked.diagnostics) == expected)
  }

  @Test func `a suppression for a later phase is handed on`() {
    let checked = check(
      around("@allow(shadowed_route, reason: \"audit\")\nroute a when stream { use qwen3-8b }"),
      otherRules: ["shadowed_route"])
    #expect(checked.value?.suppressions.map(\.rule.rawValue) == ["shadowed_route"])
  }

  @Test func `without a catalog no model is unknown and nothing compiles`() {
    let checked = check(
      around("ladder two { tier a-1 tier b-2 }\nroute a when stream { use two fallback c-3 }"),
      vocabulary: nil)
    #expect(codes(checked.diagnostics) == [])
    #expect(checked.value == nil)
  }

  @Test func `a money bound needs every price it covers`() {
    let text = around(
      """
      budget cash = $20 per day
      gate good = judge(house-llm, "good?")
      gate both = mix(100% good)
      ladder two(max_budget = $1) { tier qwen3-8b accept both >= 0.5  tier qwen3-32b }
      route a when stream { use two fallback house-llm }
      route b when turn >= 2 { use requested fallback qwen3-8b }
      """)
    let found = check(text).diagnostics
    #expect(codes(found) == ["missing_price", "missing_price"])
  }

  @Test func `the checker reads the fields the parser reserves`() {
    let ofRequest = FieldName.ofRequest.filter { word in
      check(around("route a when \(word) { use qwen3-8b }")).diagnostics
        .contains { $0.code == .unknownName && word != "task" }
    }
    #expect(ofRequest == [])
    let ofAnswer = FieldName.ofAnswer.filter { word in
      check(around("gate g = \(word)")).diagnostics.contains { $0.code == .unknownName }
    }
    #expect(ofAnswer == [])
  }
}

@Suite struct HostileTests {
  @Test func `ten thousand conditions in circles are told a hundred times`() {
    let chain = (0..<10_000).map { "condition c\($0) = c\($0 + 1) or c\($0 / 2)" }
    let text = around(
      chain.joined(separator: "\n") + "\ncondition c10000 = c0\nroute a when c0 { use qwen3-8b }")
    #expect(codes(check(text).diagnostics) == Array(repeating: "cycle", count: 100))
  }

  @Test func `ten thousand unknown names are each told, the first with a near name`() {
    let routes = (0..<10_000).map { "route r\($0) when strem\($0) { use qwen3-8b }" }
    let found = check(around(routes.joined(separator: "\n"))).diagnostics
    #expect(found.count == 10_000)
    #expect(found.first?.fixIts.count == 1)
  }
}
