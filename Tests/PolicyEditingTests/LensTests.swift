import PolicyDiagnostics
import PolicySource
import Testing

@testable import PolicyEditing

@Suite struct `Lenses, hints, outline and tests` {
  static let policy = """
    rung 1
    catalog "catalog.yaml"
    facts { kind : faq | chat = chat }
    gate solid = not refusal
    ladder cheap(max_budget = $0.05) {
      tier small accept solid
      tier large
    }
    # one
    # two
    route faq when kind = faq { use cheap }
    route no when kind = chat and stream { refuse "no" }
    otherwise { use unpriced }
    test "right" { request { kind = faq } expect { route = faq  first = small } }
    test "wrong" { request { kind = faq } expect { first = large } }
    always "cheap enough" when kind = faq { worst_cost <= $0.05 }
    always "never" when kind = faq { route = no }

    """

  private func open() throws -> (MarkedPolicy, SourceID) {
    let policy = try MarkedPolicy(Self.policy)
    #expect(policy.errors.isEmpty, "\(policy.errors)")
    return (policy, policy.place.file)
  }

  @Test func `tests can be run, routes explained, and worst costs stand over both`() throws {
    let (policy, file) = try open()
    let lenses = policy.snapshot.lenses(of: file)
    let shown = lenses.map { "\(policy.text($0.span)): \($0.title)" }
    #expect(
      shown == [
        "cheap: never over $0.05 (max_budget)",
        "faq: explain",
        "faq: never over $0.05 (max_budget of cheap)",
        "no: explain", "no: refuses: costs nothing", "otherwise: explain",
        "otherwise: worst cost unknown: unpriced has no price", "\"right\": run test",
        "\"wrong\": run test", "\"cheap enough\": prove", "\"never\": prove",
      ])
    try #require(lenses.count == 11)
    #expect(lenses[1].command == .explain("faq") && lenses[7].command == .runTest("right"))
  }

  @Test func `a test is run and says what differed`() throws {
    let (policy, _) = try open()
    let right = try #require(policy.snapshot.runTest(named: "right"))
    #expect(right.verdict == .passed && right.differences.isEmpty && right.summary == "passed")
    let wrong = try #require(policy.snapshot.runTest(named: "wrong"))
    #expect(wrong.verdict == .failed)
    #expect(wrong.summary == "expected first = large, got small")
    let proved = try #require(policy.snapshot.runTest(named: "cheap enough"))
    #expect(proved.verdict == .passed, "\(proved.summary)")
    let refuted = try #require(policy.snapshot.runTest(named: "never"))
    #expect(refuted.verdict == .failed, "\(refuted.summary)")
    let missing = policy.snapshot.runTest(named: "nobody")
    #expect(missing == nil)
  }

  @Test func `a policy with errors runs nothing and says why`() throws {
    let policy = try MarkedPolicy("rung 1\ntest \"a\" { request { stream = true } expect { } }\n")
    let outcome = try #require(policy.snapshot.runTest(named: "a"))
    #expect(outcome.verdict == .notDecided && outcome.summary.hasPrefix("the policy has errors: "))
    #expect(policy.snapshot.lenses(of: policy.place.file).isEmpty)
    #expect(policy.snapshot.explain(route: "otherwise") == nil)
  }

  @Test func `hints say what models cost and what a budget buys`() throws {
    let (policy, file) = try open()
    let span = try #require(policy.span())
    let hints = policy.snapshot.hints(of: file, in: span).map(\.label)
    #expect(
      hints == ["$0.10 in, $0.20 out", "$2.00 in, $8.00 out", "6,250 tokens", "no price"])
    let none = policy.snapshot.hints(of: file, in: Span(file: file, start: 0, end: 20))
    #expect(none.isEmpty)
  }

  @Test func `the outline lists what is declared, with its parts`() throws {
    let (policy, file) = try open()
    let items = policy.snapshot.outline(of: file)
    let names = items.map { "\($0.name) \($0.detail)" }
    #expect(
      names == [
        "catalog catalog.yaml", "facts ", "solid ", "cheap ", "faq cheap", "no refuse",
        "otherwise unpriced", "right ", "wrong ", "cheap enough ", "never ",
      ])
    try #require(items.count == 11)
    #expect(items[3].children.map(\.name) == ["small", "large"])
    #expect(items.allSatisfy { $0.span.contains($0.nameSpan) })
  }

  @Test func `blocks and runs of comments fold`() throws {
    let (policy, file) = try open()
    let folds = policy.snapshot.foldings(of: file).map {
      policy.text($0).split(separator: "\n").count
    }
    #expect(folds == [4, 2])
  }

  @Test func `every word has its colour`() throws {
    let (policy, file) = try open()
    let tokens = policy.snapshot.tokens(of: file)
    func kinds(_ text: String) -> [ClassifiedToken.Kind] {
      tokens.filter { policy.text($0.span) == text }.map(\.kind)
    }
    #expect(
      kinds("faq") == [
        .symbol(.label), .symbol(.route), .symbol(.label), .symbol(.label), .symbol(.route),
        .symbol(.label), .symbol(.label), .symbol(.label),
      ])
    #expect(kinds("route").first == .keyword && kinds("refusal") == [.field])
    #expect(kinds("small") == [.symbol(.model), .symbol(.model)])
    #expect(kinds("# one") == [.comment] && kinds("$0.05") == [.number, .number])
    #expect(tokens.first { policy.text($0.span) == "solid" }?.isDeclaration == true)
  }

  @Test func `formatting gives what the formatter gives, and nothing for a broken file`() throws {
    let policy = try MarkedPolicy("rung 1\ncatalog   \"catalog.yaml\"\notherwise {use small}\n")
    let formatted = policy.snapshot.formatted(policy.place.file)
    let text = formatted.map { String(decoding: $0, as: UTF8.self) }
    #expect(text == "rung 1\ncatalog \"catalog.yaml\"\notherwise { use small }\n")
    let broken = try MarkedPolicy("rung 1\nroute {\n")
    #expect(broken.snapshot.formatted(broken.place.file) == nil)
  }

  @Test func `lint findings are those of the rules, and come once asked for`() throws {
    let policy = try MarkedPolicy(
      "rung 1\ncatalog \"catalog.yaml\"\nroute a when stream { use small }\n"
        + "route b when stream and tools > 1 { use large }\notherwise { use small }\n")
    #expect(policy.errors.isEmpty)
    let codes = policy.snapshot.linted().map(\.code.rawValue)
    #expect(codes.contains("shadowed_route"), "\(codes)")
  }
}
