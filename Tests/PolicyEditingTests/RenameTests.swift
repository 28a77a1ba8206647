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
    _ path: String, _ text: String, shared: String = shared, more: [String: String] = [:]
  ) -> PolicySnapshot {
    var files = more
    files.merge([path: text, "shared.rung": shared, "catalog.yaml": MarkedPolicy.catalog]) { $1 }
    let bytes = files.mapValues { Array($0.utf8) }
    return PolicySnapshot(path: path, today: nil) { bytes[$0] }
  }

  /// Of these policies those that have one of the files.
  private static func among(_ policies: [PolicySnapshot]) -> PolicySnapshot.Sharing {
    { files in
      policies.filter { $0.isMade(of: files) }
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
    #expect(problem?.message.hasPrefix("`b.rung` has a syntax error") == true)
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

  /// A policy of one fact that a request's `metadata` says, with a test of a request file.
  private static func asking(_ file: String, fact: String = "kind", mark: String = "⌶") -> String {
    """
    rung 1
    catalog "catalog.yaml"
    facts { \(mark)\(fact) : faq | chat = chat }
    route r when \(fact) = faq { use small }
    otherwise { use large }
    test "t" { request file "\(file)" expect { route = r } }

    """
  }

  @Test(arguments: [
    ("kind: faq", "sort: faq"), ("\"kind\": faq", "\"sort\": faq"),
    ("'kind' : faq", "'sort' : faq"),
    ("{kind: faq}", "{sort: faq}"), ("other: kind\n  kind: faq", "other: kind\n  sort: faq"),
  ])
  func `is written in request files that are YAML, as they write it`(
    written: String, wanted: String
  ) throws {
    func asked(_ metadata: String) -> String {
      "metadata:\n  \(metadata)\nmodel: auto # kind\nmessages:\n  - {role: user, content: kind}\n"
    }
    let policy = try MarkedPolicy(
      Self.asking("asked.yaml").replacing("facts {", with: "facts { other : text = \"\" "),
      files: ["asked.yaml": asked(written)])
    #expect(policy.snapshot.testResults.map(\.passed) == [true])
    let renaming = try policy.snapshot.rename(at: policy.place, to: "sort")
    #expect(renaming.warnings == [.metadataNames(fact: "kind")])
    let file = try #require(renaming.files.changed["asked.yaml"])
    #expect(String(decoding: file, as: UTF8.self) == asked(wanted))
  }

  @Test(arguments: [
    ("faq", "question", "question"), ("faq", "null", "\"null\""), ("'faq'", "null", "'null'"),
    ("\"faq\"", "question", "\"question\""),
  ])
  func `of a label is one in YAML too, also where it would be read as none`(
    written: String, new: String, wanted: String
  ) throws {
    let text = Self.asking("asked.yml", mark: "").replacing("kind : faq", with: "kind : f⌶aq")
    let asked = "messages: [{role: user, content: faq}]\nmetadata: {kind: \(written)}\n"
    let policy = try MarkedPolicy(text, files: ["asked.yml": asked])
    #expect(policy.snapshot.testResults.map(\.passed) == [true])
    let renaming = try policy.snapshot.rename(at: policy.place, to: new)
    #expect(renaming.warnings == [.callersSay(label: "faq", of: "kind")])
    let file = try #require(renaming.files.changed["asked.yml"])
    #expect(
      String(decoding: file, as: UTF8.self)
        == asked.replacing("kind: \(written)", with: "kind: \(wanted)"))
  }

  static let asked = """
    {"messages": [{"role": "user", "content": "x"}], "metadata": {"kind": "faq"}}
    """

  /// What the other policy calls its fact, what this one's is to be called, and the fact that clashes.
  @Test(arguments: [("kind", "sort", "kind"), ("sort", "sort", "sort"), ("group", "sort", nil)])
  func `is refused where another policy's test reads the request by its own facts`(
    theirs: String, new: String, clash: String?
  ) throws {
    let policy = try MarkedPolicy(Self.asking("asked.json"), files: ["asked.json": Self.asked])
    let other = Self.other(
      "b.rung", Self.asking("asked.json", fact: theirs, mark: ""), more: ["asked.json": Self.asked])
    #expect(other.compiles && (theirs != "kind" || other.testResults.allSatisfy(\.passed)))
    func rename() throws -> Renaming {
      try policy.snapshot.rename(at: policy.place, to: new, sharing: Self.among([other]))
    }
    guard let clash else { return #expect(try rename().files.count == 2) }
    let problem = #expect(throws: RenameProblem.self) { try rename() }
    #expect(
      problem?.message
        == "in `b.rung`: its tests ask `asked.json` too, where `\(clash)` is a fact of its own: give "
        + "them a file of their own")
  }

  @Test func `of a label is refused there too, and that of a fact nobody else has is not`() throws {
    let text = Self.asking("asked.json", mark: "").replacing("kind : faq", with: "kind : f⌶aq")
    let policy = try MarkedPolicy(text, files: ["asked.json": Self.asked])
    let other = Self.other(
      "b.rung", Self.asking("asked.json", mark: ""), more: ["asked.json": Self.asked])
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(at: policy.place, to: "question1", sharing: Self.among([other]))
    }
    #expect(problem?.message.hasPrefix("in `b.rung`: its tests ask `asked.json` too") == true)
    let apart = Self.other(
      "b.rung", Self.asking("other.json", mark: ""), more: ["other.json": Self.asked])
    let renaming = try policy.snapshot.rename(
      at: policy.place, to: "question1", sharing: Self.among([apart]))
    #expect(renaming.files.map(\.file.path) == ["asked.json", "policy.rung"])
  }

  @Test func `is refused by the name of the file that does not parse`() throws {
    let shared = Self.shared + "condition = \n"
    let policy = try MarkedPolicy(Self.a, files: ["shared.rung": shared])
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(at: policy.place, to: "defect")
    }
    #expect(
      problem?.message
        == "`shared.rung` has a syntax error in line 3: mend it first, or uses may be missed")
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
