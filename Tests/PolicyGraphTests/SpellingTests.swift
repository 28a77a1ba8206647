import PolicySemantics
import Testing

@testable import PolicyGraph

/// Texts and names are compared byte for byte, though Swift calls canonical equivalents equal.
@Suite struct `Spellings of one text` {
  /// `é` as one code point, and as `e` with an accent.
  static let spellings = ["caf\u{E9}", "cafe\u{301}"]

  static let tests: [(test: String, request: @Sendable (String) -> RequestInput)] = [
    ("prompt contains", { SampleRequest.make("a \($0) here") }),
    ("prompt starts with", { SampleRequest.make("\($0) here") }),
    ("tenant =", { name in SampleRequest.make { $0.tenant = name } }),
    ("model =", { name in SampleRequest.make { $0.model = name } }),
    ("brand =", { name in SampleRequest.make { $0.metadata["brand"] = .text(name) } }),
    ("tools has", { name in SampleRequest.make { $0.toolNames = [name] } }),
  ]

  private static func route(
    _ one: String, _ other: String, _ input: RequestInput
  ) throws -> RouteOutcome {
    let graph = try Compiled(
      """
      rung 1
      catalog "catalog.yaml"
      facts { brand : text = "none" }
      route a when \(one) { use small }
      route b when \(other) { use large }
      otherwise { use small }

      """
    ).graph
    var facts = try graph.facts(of: input)
    var scratch = Scratch(for: graph)
    return graph.decide(&facts, in: &scratch)
  }

  @Test(arguments: tests.indices)
  func `are two tests`(_ index: Int) throws {
    let (test, request) = Self.tests[index]
    for (number, spelling) in Self.spellings.enumerated() {
      let taken = try Self.route(
        "\(test) \"\(Self.spellings[0])\"", "\(test) \"\(Self.spellings[1])\"", request(spelling))
      #expect(taken == .route(RouteID(number), task: nil), "\(test)")
    }
  }

  @Test func `are two regular expressions`() throws {
    for (number, spelling) in Self.spellings.enumerated() {
      let taken = try Self.route(
        "prompt matches /\(Self.spellings[0])s?/", "prompt matches /\(Self.spellings[1])s?/",
        SampleRequest.make("a \(spelling) here"))
      #expect(taken == .route(RouteID(number), task: nil))
    }
  }

  @Test func `are two members of a list`() throws {
    let list = "(\"\(Self.spellings[0])\", \"\(Self.spellings[1])\")"
    for (test, request) in Self.tests where test != "prompt starts with" {
      let test = test.replacing("=", with: "in")
      for spelling in Self.spellings {
        let taken = try Self.route("\(test) \(list)", "stream", request(spelling))
        #expect(taken == .route(RouteID(0), task: nil), "\(test)")
      }
    }
  }

  @Test func `are one keyword`() throws {
    for spelling in Self.spellings {
      let taken = try Self.route(
        "prompt mentions \"\(Self.spellings[0])\"", "prompt mentions \"\(Self.spellings[1])\"",
        SampleRequest.make("a \(spelling) here"))
      #expect(taken == .route(RouteID(0), task: nil))
    }
  }
}
