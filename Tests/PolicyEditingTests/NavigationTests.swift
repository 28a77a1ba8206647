import PolicyDiagnostics
import PolicySource
import Testing

@testable import PolicyEditing

@Suite struct `Definitions, references and renaming` {
  static let policy = """
    rung 1
    catalog "catalog.yaml"
    import "shared.rung"
    facts { kind : faq | chat = chat }
    condition urgent = question mentions ("now")
    task talk otherwise
    gate solid = not refusal
    gate good = judge(small, "Is it?")
    gate both = mix(60% good, 40% good)
    ladder cheap { tier small accept solid and good >= 0.8  tier large }
    budget daily = $10 per kind per day when urgent
    route faq when kind = faq and daily.used < 80% and healthy(small) {
      cache similar >= 0.9 by minilm for 1h
      split by user { 50% as left use cheap  50% as right use small fallback large }
    }
    otherwise { use cheap }
    test "a" {
      request { question = "x"  kind = faq }
      given { daily.used = 10%  solid = true at small  good = 0.9  large fails limited }
      expect { route = faq  task = talk  first = small  refused_by = daily }
    }
    always "b" when urgent and leaky { route != faq }

    """
  static let shared = """
    rung 1
    ## What must not leave.
    condition leaky = prompt has secret

    """

  private func open(_ text: String) throws -> MarkedPolicy {
    try MarkedPolicy(text, files: ["shared.rung": Self.shared])
  }

  /// The policy with the cursor in front of the `occurrence`th place of a text.
  private func at(_ text: String, _ occurrence: Int = 1) throws -> MarkedPolicy {
    var rest = Self.policy[...]
    var before = ""
    for count in 1... {
      let range = try #require(rest.firstRange(of: text))
      before += rest[..<range.lowerBound]
      if count == occurrence { return try open(before + "⌶" + rest[range.lowerBound...]) }
      before += rest[range]
      rest = rest[range.upperBound...]
    }
    throw MissingText()
  }

  private struct MissingText: Error {}

  @Test(arguments: [
    ("urgent and leaky", 1, "policy.rung:5:11 urgent"), ("leaky {", 1, "shared.rung:3:11 leaky"),
    ("kind = faq", 1, "policy.rung:4:9 kind"), ("faq and daily", 1, "policy.rung:4:16 faq"),
    ("faq  task", 1, "policy.rung:12:7 faq"), ("talk  first", 1, "policy.rung:6:6 talk"),
    ("daily.used < 80%", 1, "policy.rung:11:8 daily"),
    ("daily }", 1, "policy.rung:11:8 daily"), ("small accept", 1, "catalog.yaml:5:3 small"),
    ("small) {", 1, "catalog.yaml:5:3 small"), ("minilm", 1, "catalog.yaml:20:3 minilm"),
    ("cheap  50%", 1, "policy.rung:10:8 cheap"), ("large fails", 1, "catalog.yaml:12:3 large"),
    ("solid and", 1, "policy.rung:7:6 solid"), ("good, 40%", 1, "policy.rung:8:6 good"),
    ("kind per day", 1, "policy.rung:4:9 kind"), ("small, \"Is", 1, "catalog.yaml:5:3 small"),
    ("\"shared.rung\"", 1, "shared.rung:1:1 "), ("\"catalog.yaml\"", 1, "catalog.yaml:1:1 "),
  ])
  func `a name leads to where it is declared`(
    text: String, occurrence: Int, wanted: String
  ) throws {
    let policy = try at(text, occurrence)
    #expect(policy.errors.isEmpty)
    let found = policy.snapshot.definitions(at: policy.place).map(policy.shown)
    #expect(found == [wanted])
  }

  @Test(arguments: [
    ("small accept", 7), ("faq | chat", 3), ("faq when", 3), ("kind :", 4), ("good = judge", 5),
    ("daily =", 4), ("cheap {", 3), ("leaky {", 2), ("left use", 1),
  ])
  func `every place that names the same thing is found`(text: String, count: Int) throws {
    let policy = try at(text)
    let all = policy.snapshot.references(at: policy.place, withDeclaration: true)
    let uses = policy.snapshot.references(at: policy.place, withDeclaration: false)
    #expect(all.count == count, "\(all.map(\.span).map(policy.shown))")
    #expect(uses.count == count - 1)
    let texts = Set(all.map(\.span).map(policy.text))
    #expect(texts.count == 1)
  }

  @Test(arguments: [
    "kind :", "faq | chat", "urgent =", "talk", "solid =", "good =", "cheap {", "daily =",
    "faq when", "leaky {", "left use",
  ])
  func `renaming and renaming back gives the bytes back`(text: String) throws {
    let policy = try at(text)
    let (_, old) = try #require(policy.snapshot.renameable(at: policy.place))
    let there = try policy.snapshot.rename(at: policy.place, to: "quite_new").files
    #expect(!there.isEmpty)
    let changed = policy.snapshot.edited(there.changed)
    let errors = changed.diagnostics.filter { $0.severity == .error }.map(\.message)
    #expect(errors.isEmpty)
    let spans = there.flatMap(\.edits).map(\.span).sorted()
    let first = try #require(spans.first { $0.file == policy.place.file })
    let back = try changed.rename(
      at: Place(file: first.file, offset: Int(first.start)), to: old)
    let bytes = changed.edited(back.files.changed).sources.files.map(\.bytes)
    let original = policy.snapshot.sources.files.map(\.bytes)
    #expect(bytes == original)
  }

  @Test(arguments: [
    ("small accept", "tiny", "`small` is a model of the catalog: change it there"),
    ("cheap {", "solid", "`solid` already names a gate"),
    ("cheap {", "small", "`small` already names a model"),
    ("cheap {", "route", "`route` is a word of the language"),
    ("cheap {", "prompt", "`prompt` is a word of the language"),
    (
      "cheap {", "Cheap",
      "`Cheap` is no name: it starts with a letter and has only a-z, 0-9 and `_`"
    ),
    ("cheap {", "", "`` is no name: it starts with a letter and has only a-z, 0-9 and `_`"),
    ("cheap {", "a b", "`a b` is no name: it starts with a letter and has only a-z, 0-9 and `_`"),
    ("faq | chat", "chat", "`chat` already names a label"),
    ("question mentions", "text", "nothing here has a name that can be changed"),
    ("left use", "right", "`right` already names an arm of a split"),
    ("faq | chat", "true", "`true` is a word of the language"),
    ("faq when", "requested", "`requested` is a word of the language"),
    (
      "faq when", String(repeating: "x", count: 5000),
      "a name of 5000 bytes: reports, headers and metrics have room for 100"
    ),
  ])
  func `a name that would not do is refused with the reason`(
    text: String, new: String, wanted: String
  ) throws {
    let policy = try at(text)
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(at: policy.place, to: new)
    }
    #expect(problem?.message == wanted)
  }

  @Test func `a model's key in the catalog leads to its uses, and has its prices`() throws {
    let catalog = MarkedPolicy.catalog.replacing("  large:", with: "  lar⌶ge:")
    let policy = try MarkedPolicy(
      Self.policy, files: ["shared.rung": Self.shared, "catalog.yaml": catalog])
    let uses = policy.snapshot.references(at: policy.place, withDeclaration: false)
    #expect(uses.count == 3, "\(uses.map(\.span).map(policy.shown))")
    let hover = try #require(policy.hover)
    #expect(hover.hasPrefix("**large**, a model of the catalog"))
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(at: policy.place, to: "huge")
    }
    #expect(problem == .ofCatalog("large", .model))
  }

  @Test func `a policy that does not parse has its names, but none is changed`() throws {
    let policy = try open(
      "rung 1\ngate solid = not refusal\nladder l { tier small accept so⌶lid }\nroute {")
    let found = policy.snapshot.definitions(at: policy.place).map(policy.shown)
    #expect(found == ["policy.rung:2:6 solid"])
    let problem = #expect(throws: RenameProblem.self) {
      try policy.snapshot.rename(at: policy.place, to: "other")
    }
    #expect(problem == .syntaxError(in: "policy.rung", line: 4))
  }
}

extension [FileEdits] {
  /// The bytes of every file that changes, by path.
  var changed: [String: [UInt8]] {
    Dictionary(map { ($0.file.path, $0.bytes) }, uniquingKeysWith: { first, _ in first })
  }
}
