import PolicyDiagnostics
import PolicySource
import RoutingRuntime
import Testing

@testable import PolicyEditing

/// What a new name reaches beyond the words of one policy.
@Suite struct `A new name` {
  static let shared = "rung 1\ncondition buggy = question mentions (\"bug\")\n"
  static let a = """
    rung 1
    catalog "catalog.yaml"
    import "shared.rung"
    route r when bug⌶gy { use small }
    otherwise { use large }

    """
  static let b = """
    rung 1
    catalog "catalog.yaml"
    import "shared.rung"
    condition faulty = question mentions ("fault")
    route r when buggy or faulty { use small }
    otherwise { use large }

    """

  /// A second policy over the same files.
  private static func other(
    _ path: String, _ text: String, shared: String = shared, catalog: String = MarkedPolicy.catalog
  ) -> PolicySnapshot {
    let files = [path: text, "shared.rung": shared, "catalog.yaml": catalog]
    let bytes = files.mapValues { Array($0.utf8) }
    return PolicySnapshot(path: path, today: nil) { bytes[$0] }
  }

  /// Of these policies those that have one of the files.
  private static func among(_ policies: [PolicySnapshot]) -> PolicySnapshot.Sharing {
    { files in
      policies.filter { $0.sources.files.contains { files.contains($0.path) } }
    }
  }

  @Test func `is written in every policy that shares the file`() throws {
    let policy = try MarkedPolicy(Self.a, files: ["shared.rung": Self.shared])
    let other = Self.other("b.rung", Self.b)
    let renaming = try policy.snapshot.rename(
      at: policy.place, to: "defect", sharing: Self.among([other]))
    #expect(renaming.files.map(\.file.path) == ["b.rung", "policy.rung", "shared.rung"])
    #expect(renaming.files.map(\.edits.count) == [1, 1, 1])
    #expect(renaming.warnings.isEmpty)
    let after = other.edited(renaming.files.changed)
    #expect(after.compiles)
    #expect(after.names.symbols["defect"] != nil && after.names.symbols["buggy"] == nil)
    let places = policy.snapshot.references(
      at: policy.place, withDeclaration: true, sharing: Self.among([other]))
    #expect(places.map(\.file.path) == ["b.rung", "policy.rung", "shared.rung"])
  }

  @Test func `is refused where another policy has it already, by that policy's name`() throws {
    let policy = try MarkedPolicy(Self.a, files: ["shared.rung": Self.shared])
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(
        at: policy.place, to: "faulty", sharing: Self.among([Self.other("b.rung", Self.b)]))
    }
    #expect(problem?.message == "in `b.rung`: `faulty` already names a condition")
  }

  @Test func `is refused where a shared file means another thing in another policy`() throws {
    // A gate of the policy is what the shared ladder accepts, and a model what the other makes of it.
    let shared = "rung 1\nladder both { tier small accept good tier large }\n"
    let policy = try MarkedPolicy(
      """
      rung 1
      catalog "catalog.yaml"
      import "shared.rung"
      gate go⌶od = not refusal
      otherwise { use both }

      """, files: ["shared.rung": shared])
    #expect(policy.errors.isEmpty)
    let other = Self.other(
      "b.rung",
      "rung 1\ncatalog \"catalog.yaml\"\nimport \"shared.rung\"\notherwise { use both }\n",
      shared: shared)
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(at: policy.place, to: "fine", sharing: Self.among([other]))
    }
    #expect(problem?.message == "in `b.rung`: `good` would not mean the same in `shared.rung`")
  }

  @Test func `is refused where another policy cannot be read`() throws {
    let policy = try MarkedPolicy(Self.a, files: ["shared.rung": Self.shared])
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(
        at: policy.place, to: "defect",
        sharing: Self.among([Self.other("b.rung", Self.b + "route {")]))
    }
    #expect(problem?.message.hasPrefix("in `b.rung`: the policy has syntax errors") == true)
  }

  // MARK: What is not in the text

  static let everything = """
    rung 1
    catalog "catalog.yaml"
    facts {
      kind : faq | chat = chat
      team : red | blue required from key
      ring : one | two = one from header "x-ring"
    }
    classifier subject : law | other { reads question ask small "Which?" on failure other }
    budget daily = $10 per day
    limit rate = 60 requests per key per minute
    route drawn when kind = faq and subject = law {
      split by user { 50% as left use small 50% as right use large }
    }
    route plain when team = red and ring = two { use small }
    otherwise { use large }

    """

  @Test(arguments: [
    ("drawn when", [RenameWarning.redrawsSplit(route: "drawn")]), ("plain when", []),
    ("left use", []), ("daily", [.restartsCounter("daily")]), ("rate", [.restartsCounter("rate")]),
    ("kind :", [.metadataNames(fact: "kind")]), ("team :", [.keysName(fact: "team")]),
    ("ring :", []), ("faq |", [.callersSay(label: "faq", of: "kind")]),
    ("law |", [.classifierSays(label: "law", of: "subject")]), ("subject :", []),
  ])
  func `warns of what it changes beside the text`(text: String, wanted: [RenameWarning]) throws {
    let range = try #require(Self.everything.firstRange(of: text))
    let policy = try MarkedPolicy(
      Self.everything.replacingCharacters(in: range, with: "⌶" + text))
    #expect(policy.errors.isEmpty)
    let renaming = try policy.snapshot.rename(at: policy.place, to: "quite_new")
    #expect(renaming.warnings == wanted)
  }

  @Test func `is written in the request files of tests too, where their metadata says it`() throws {
    let text = """
      rung 1
      catalog "catalog.yaml"
      facts { ki⌶nd : faq | chat = chat  ring : faq | two = two }
      route r when kind = faq { use small }
      route s when ring = faq { use small }
      otherwise { use large }
      test "t" { request file "asked.json" expect { route = r } }

      """
    let asked = """
      {"model": "auto", "messages": [{"role": "user", "content": "kind faq"}],
       "metadata": {"kind": "faq", "ring": "two"}}
      """
    let policy = try MarkedPolicy(text, files: ["asked.json": asked])
    #expect(policy.errors.isEmpty)
    let renaming = try policy.snapshot.rename(at: policy.place, to: "sort")
    #expect(renaming.warnings == [.metadataNames(fact: "kind")])
    let file = try #require(renaming.files.changed["asked.json"])
    #expect(
      String(decoding: file, as: UTF8.self) == asked.replacing("\"kind\":", with: "\"sort\":"))
    // A label, and only of its own fact.
    let label = try MarkedPolicy(
      text.replacing("⌶", with: "").replacing("kind : faq", with: "kind : f⌶aq"),
      files: ["asked.json": asked])
    let labelled = try label.snapshot.rename(at: label.place, to: "question1")
    let changed = try #require(labelled.files.changed["asked.json"])
    #expect(
      String(decoding: changed, as: UTF8.self)
        == asked.replacing("\"kind\": \"faq\"", with: "\"kind\": \"question1\""))
    #expect(labelled.warnings == [.callersSay(label: "faq", of: "kind")])
  }

  @Test func `of a drawn route names the tests it would fail`() throws {
    let arms = (1...20).map { "5% as arm\($0) use \($0 % 2 == 0 ? "small" : "large")" }
    let tests = (1...8).map { number in
      "test \"user \(number)\" { request { user = \"u\(number)\" } expect { first = small } }"
    }
    let policy = try MarkedPolicy(
      """
      rung 1
      catalog "catalog.yaml"
      route dra⌶wn when turn >= 1 { split by user { \(arms.joined(separator: " ")) } }
      otherwise { use large }
      \(tests.joined(separator: "\n"))

      """)
    #expect(policy.errors.isEmpty)
    let passing = policy.snapshot.testResults.filter(\.passed).map(\.title)
    #expect(!passing.isEmpty)
    let renaming = try policy.snapshot.rename(at: policy.place, to: "cast")
    let after = policy.snapshot.edited(renaming.files.changed)
    let failing = after.testResults.filter { !$0.passed }.map(\.title)
    let wanted = passing.filter(failing.contains)
    #expect(!wanted.isEmpty)
    #expect(renaming.warnings == [.redrawsSplit(route: "drawn")] + wanted.map { .failsTest($0) })
  }

  @Test func `leaves the word requested what the caller asked for`() throws {
    // A policy that compiles; only its reader may take one for the other.
    let policy = try MarkedPolicy(
      """
      rung 1
      catalog "catalog.yaml"
      route requ⌶ested when model != "auto" { use requested fallback small }
      otherwise { use large }

      """)
    #expect(policy.errors.isEmpty)
    let places = policy.snapshot.references(at: policy.place, withDeclaration: true)
    #expect(places.map(\.span).map(policy.shown) == ["policy.rung:3:7 requested"])
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<Index>, with other: String) -> String {
    self[..<range.lowerBound] + other + self[range.upperBound...]
  }
}
