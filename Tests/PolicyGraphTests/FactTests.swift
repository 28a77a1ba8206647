import PolicySemantics
import Testing

@testable import PolicyGraph

/// What a request's facts are, and how a request whose facts do not fit is refused.
@Suite struct FactTests {
  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let change: @Sendable (inout RequestInput) -> Void
  }

  static let refusals: [Refusal] = [
    Refusal(
      testDescription:
        "the fact `plan` of its metadata is `gold`: expected one of `free`, `pro`"
    ) { $0.metadata["plan"] = .text("gold") },
    Refusal(
      testDescription: "the request lacks the fact `team` of the caller's key: expected a text"
    ) { $0.keyFacts["team"] = nil },
    Refusal(
      testDescription:
        "the fact `seats` of the header `x-seats` is `-1`: expected a whole number from 0"
    ) { $0.headers["x-seats"] = "-1" },
    Refusal(
      testDescription:
        "the fact `beta` of its metadata is of kind `array`: expected `true` or `false`"
    ) { $0.metadata["beta"] = .other(kind: "array") },
    Refusal(
      testDescription: "the fact `team` of the caller's key is `7`: expected a text"
    ) { $0.keyFacts["team"] = .integer(7) },
  ]

  static let policy = """
    rung 1
    catalog "catalog.yaml"
    facts {
      plan  : free | pro = free
      beta  : bool = false
      seats : count = 4 from header "X-Seats"
      team  : text required from key
    }
    route big when seats > 4 or team = "core" or beta or plan = pro { use large }
    otherwise { use small }

    """

  private func request(_ change: (inout RequestInput) -> Void = { _ in }) -> RequestInput {
    SampleRequest.make {
      $0.keyFacts["team"] = .text("core")
      change(&$0)
    }
  }

  @Test(arguments: refusals)
  func `refuses by name`(_ refusal: Refusal) throws {
    let graph = try Compiled(FactTests.policy).graph
    let problem = #expect(throws: FactProblem.self) {
      try graph.facts(of: request(refusal.change))
    }
    #expect(problem?.description == refusal.testDescription)
  }

  @Test func `fills in defaults and reads texts as their type`() throws {
    let graph = try Compiled(FactTests.policy).graph
    let facts = try graph.facts(
      of: request {
        $0.metadata = ["beta": .text("true")]
        $0.headers["x-seats"] = "12"
      })
    #expect(facts.value(of: FactID(0), in: graph) == .label(0))
    #expect(facts.value(of: FactID(1), in: graph) == .bool(true))
    #expect(facts.value(of: FactID(2), in: graph) == .count(12))
    #expect(facts.value(of: FactID(3), in: graph) == .text("core"))
  }

  @Test func `names what nobody declared`() throws {
    let graph = try Compiled(FactTests.policy).graph
    let input = request {
      $0.metadata = ["plan": .text("pro"), "plam": .text("pro"), "team": .text("core")]
      $0.keyFacts["rate"] = .integer(1)
    }
    #expect(graph.undeclaredFacts(of: input) == ["plam", "rate", "team"])
  }

  /// A caller cannot set what belongs to the key.
  @Test func `a fact of the key is beyond the caller's reach`() throws {
    let graph = try Compiled(FactTests.policy).graph
    var facts = try graph.facts(
      of: request {
        $0.keyFacts["team"] = .text("guest")
        $0.metadata["team"] = .text("core")
      })
    var scratch = Scratch(for: graph)
    #expect(graph.decide(&facts, in: &scratch) == .route(RouteID(1), task: nil))
  }

  @Test func `refuses texts no scan would read`() throws {
    let graph = try Compiled(FactTests.policy).graph
    let problem = #expect(throws: FactProblem.self) {
      try graph.facts(
        of: request {
          $0.messages = [
            RequestInput.Message(role: .user, text: String(repeating: "a", count: 16 << 20))
          ]
        })
    }
    #expect(
      problem?.description
        == "the request's texts have 16777218 bytes, and a policy reads at most 16777216")
  }

  @Test func `composes the four texts of a request`() throws {
    var texts = RequestTexts([
      RequestInput.Message(role: .system, text: "Be kind."),
      RequestInput.Message(role: .user, text: "Hello"),
      RequestInput.Message(role: .assistant, text: ""),
      RequestInput.Message(role: .tool, text: "42"),
      RequestInput.Message(role: .user, text: "And now?"),
      RequestInput.Message(role: .developer, text: "Be brief."),
    ])
    let found = TextPart.allCases.map { String(decoding: texts.bytes(of: $0), as: UTF8.self) }
    #expect(
      found == [
        "Be kind.\n\nHello\n\n42\n\nAnd now?\n\nBe brief.", "Be kind.\n\nBe brief.", "And now?",
        "Hello\n\n42",
      ])
    #expect(texts.turn == 2)
  }

  @Test func `a request without a user has no question`() throws {
    var texts = RequestTexts([RequestInput.Message(role: .assistant, text: "Hi")])
    #expect(texts.bytes(of: .question).isEmpty)
    #expect(String(decoding: texts.bytes(of: .context), as: UTF8.self) == "Hi")
  }
}
