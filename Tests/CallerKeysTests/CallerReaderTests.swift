import CallerKeys
import PolicyGraph
import PolicySemantics
import PolicyUnits
import Testing

@Suite struct `What a request says of its caller` {
  typealias Header = (String, String)

  static func input() throws -> RequestInput {
    let date = try #require(CalendarDate(year: 2026, month: 11, day: 21))
    return RequestInput(moment: LocalMoment(date: date, weekday: .saturday, hour: 12))
  }

  static func complete(
    _ change: (inout RequestInput) -> Void = { _ in }, as caller: CallerIdentity? = nil,
    headers: [Header] = []
  ) throws -> RequestInput {
    var input = try input()
    change(&input)
    let reader = CallerReader(try KeyPolicy.mixed().policy)
    try reader.complete(&input, for: caller) { name in
      headers.filter { $0.0 == name }.map(\.1)
    }
    return input
  }

  @Test func `is what its key stands for`() throws {
    let caller = CallerIdentity(
      id: "search-prod", tenant: "acme", facts: ["team": .text("search")])
    let input = try Self.complete(as: caller)
    #expect(input.key == "search-prod" && input.tenant == "acme" && input.user == nil)
    #expect(input.keyFacts == ["team": .text("search")])
    _ = try KeyPolicy.mixed().graph.facts(of: input)
  }

  @Test func `replaces what the body was read as`() throws {
    let input = try Self.complete { input in
      input.key = "forged"
      input.tenant = "forged"
      input.keyFacts = ["team": .text("support")]
    }
    #expect(input.key == nil && input.tenant == nil && input.keyFacts.isEmpty)
  }

  static let users: [(key: String?, header: String?, body: String?, metadata: String?, String?)] = [
    ("k", "h", "b", "m", "k"), (nil, "h", "b", "m", "h"), (nil, nil, "b", "m", "b"),
    (nil, nil, nil, "m", "m"), (nil, nil, nil, nil, nil), (nil, "", "b", nil, "b"),
    (nil, nil, "", "m", "m"), (nil, nil, nil, "", nil),
  ]

  @Test(arguments: users)
  func `names its user in one place before the next`(
    key: String?, header: String?, body: String?, metadata: String?, user: String?
  ) throws {
    let headers = header.map { [("x-rung-user", $0)] } ?? []
    let input = try Self.complete(
      { input in
        input.user = body
        input.metadata["user"] = metadata.map(GivenFact.text)
      }, as: CallerIdentity(id: "k", user: key), headers: headers)
    #expect(input.user == user)
  }

  @Test func `names its conversation in a header or in metadata`() throws {
    let both = try Self.complete(
      { $0.metadata["conversation"] = .text("m") }, headers: [("x-rung-conversation", "h")])
    #expect(both.conversation == "h")
    #expect(try Self.complete { $0.metadata["conversation"] = .text("m") }.conversation == "m")
    #expect(try Self.complete { $0.metadata["conversation"] = .integer(7) }.conversation == "7")
    #expect(try Self.complete().conversation == nil)
  }

  @Test func `gives a fact in the header the policy names, and only there`() throws {
    let headers = [("x-cohort", "beta"), ("x-other", "1"), ("authorization", "Bearer x")]
    let input = try Self.complete(headers: headers)
    #expect(input.headers == ["x-cohort": "beta"])
    #expect(CallerReader(try KeyPolicy.mixed().policy).headers == ["x-cohort"])
  }

  static let refused: [([String: GivenFact], [Header], CallerProblem)] = [
    (["team": .text("search")], [], .keyFactInMetadata("team")),
    (["team": .other(kind: "null")], [], .keyFactInMetadata("team")),
    (["cohort": .text("beta")], [], .headerFactInMetadata("cohort", header: "x-cohort")),
    ([:], [("x-cohort", "beta"), ("x-cohort", "beta")], .headerTwice("x-cohort")),
    ([:], [("x-rung-user", "a"), ("x-rung-user", "b")], .headerTwice("x-rung-user")),
    (["user": .bool(true)], [], .notAName(place: "metadata.user")),
    (["conversation": .other(kind: "array")], [], .notAName(place: "metadata.conversation")),
    ([:], [("x-rung-user", "a\u{7}b")], .notAName(place: "x-rung-user")),
    (
      [:], [("x-rung-conversation", String(repeating: "c", count: 513))],
      .nameTooLong(place: "x-rung-conversation")
    ),
  ]

  @Test(arguments: refused)
  func `is refused by name where it says what it may not`(
    metadata: [String: GivenFact], headers: [Header], problem: CallerProblem
  ) {
    let caller = CallerIdentity(id: "k", facts: ["team": .text("support")])
    #expect(throws: problem) {
      try Self.complete({ $0.metadata = metadata }, as: caller, headers: headers)
    }
    #expect(!"\(problem)".isEmpty && !problem.code.isEmpty)
  }

  @Test(arguments: ["Authorization", "api-key", "X-API-Key", "cookie", "proxy-authorization"])
  func `has no fact of a header that holds a secret`(header: String) throws {
    let policy = try KeyPolicy(facts: "which : text = \"none\" from header \"\(header)\"").policy
    #expect(CallerReader(policy).secretHeader == header.lowercased())
    #expect(CallerReader(try KeyPolicy.mixed().policy).secretHeader == nil)
  }

  @Test func `may carry metadata that is none of the policy's`() throws {
    let input = try Self.complete { $0.metadata = ["trace": .text("7"), "plan": .text("pro")] }
    #expect(input.metadata.count == 2)
  }
}
