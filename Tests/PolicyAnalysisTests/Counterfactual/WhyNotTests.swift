import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingRuntime
import Testing

@testable import PolicyAnalysis

/// What must change, of one small policy, in the exact words.
@Suite struct `Why not` {
  static let policy = """
    rung 1
    catalog "catalog.yaml"
    zone "UTC"
    facts {
      plan  : free | pro | team = free
      seats : count = 1
      beta  : bool = false from key
    }
    classifier subject : law | other { reads question ask m "Which?" on failure other }
    budget daily = $20 per tenant per day
    guard shut when question mentions "password" { refuse "no passwords" }
    route refunds when question mentions ("refund", "money back") and plan != free { use n }
    route crowded when seats >= 50 or (seats >= 20 and plan = team) { use n }
    route spent when daily.used >= $16 { use n }
    route late when hour >= 22 or weekday = sunday { use n }
    route law when subject = law { use big }
    route long when question.chars >= 100 chars { use n }
    route tested when beta { use n }
    route offered when tools has "look" and format = json { refuse "no tools" }
    route acme when tenant = "acme" { use n }
    route calm when not question mentions "urgent" { use m }
    route dead when plan = pro and question mentions "urgent" and plan = team { use m }
    route taken when hour >= 23 { use m }
    otherwise { use n }
    """

  /// A Wednesday at nine.
  static var request: RequestInput {
    var draft = RequestDraft()
    draft.day = 20_453
    draft.hour = 9
    var input = RequestInput(moment: draft.moment)
    input.messages = [.init(role: .user, text: "Where is my urgent parcel?")]
    return input
  }

  static func words(_ answer: WhyNot) -> [String] {
    switch answer {
    case .already: ["already"]
    case .never(let why): ["never: \(why.map { "\($0)" } ?? "model")"]
    case .kept(let names): ["kept: \(names.joined(separator: ", "))"]
    case .notDecided(let reason): ["open: \(reason.words)"]
    case .change(let found):
      found.changes.map { change in
        switch change.what {
        case .value(let from, let to): "\(change.field) \(from) → \(to)"
        case .text(let must): "\(change.field) \(must)"
        }
      }
    }
  }

  @Test(arguments: [
    ("refunds", ["plan free → pro", "question must mention \"money back\" or \"refund\""]),
    ("crowded", ["seats 1 → 50"]),
    ("spent", ["daily.used $0 → $16"]),
    ("late", ["moment wednesday 2025-12-31 09:00 → sunday 2025-12-28 09:00"]),
    ("law", ["subject other → law"]),
    ("long", ["question question.chars 26 → 100"]),
    ("tested", ["kept: beta"]),
    ("offered", ["format text → json", "tools none → look"]),
    ("acme", ["kept: tenant"]),
    ("calm", ["question must not mention \"urgent\""]),
    ("dead", ["never: contradicted"]),
    ("taken", ["never: taken(by: [3], isSmallest: true)"]),
    ("otherwise", ["already"]),
  ])
  func `is told in the fewest changes`(route: String, wanted: [String]) throws {
    let graph = try SamplePolicy(Self.policy).graph
    let finder = CounterfactualFinder(Decider(graph))
    let index = try #require(graph.policy.routes.firstIndex { $0.name == route })
    let kept = Set(try finder.fields().filter(\.isKept).map(\.name))
    #expect(kept == ["beta", "key", "tenant"])
    let answer = finder.whyNot(.route(RouteID(index)), for: Self.request, keeping: kept)
    #expect(Self.words(answer) == wanted)
  }

  @Test(arguments: [
    ("crowded", ["seats"], ["kept: seats"]),
    ("crowded", [], ["seats 1 → 50"]),
    ("late", ["moment"], ["kept: moment"]),
    ("tested", [], ["beta false → true"]),
    ("acme", ["key"], ["tenant none → \"acme\""]),
    ("acme", ["tenant"], ["key none → \"acme\""]),
  ])
  func `respects what is kept and what is freed`(
    route: String, kept: [String], wanted: [String]
  ) throws {
    let graph = try SamplePolicy(Self.policy).graph
    let index = try #require(graph.policy.routes.firstIndex { $0.name == route })
    let answer = CounterfactualFinder(Decider(graph))
      .whyNot(.route(RouteID(index)), for: Self.request, keeping: Set(kept))
    #expect(Self.words(answer) == wanted)
  }

  @Test(arguments: [
    (1, ["question must not mention \"urgent\""]),
    (0, ["already"]),
    (2, ["subject other → law"]),
  ])
  func `finds what calls a model first`(model: Int, wanted: [String]) throws {
    let graph = try SamplePolicy(Self.policy).graph
    let names = ["n", "m", "big"]
    let index = try #require(
      graph.policy.vocabulary.models.firstIndex { $0.name == names[model] })
    let answer = CounterfactualFinder(Decider(graph))
      .whyNot(.model(ModelID(index)), for: Self.request, keeping: ["key", "tenant", "beta"])
    #expect(Self.words(answer) == wanted)
  }

  @Test func `keeps what the request says besides`() throws {
    let graph = try SamplePolicy(Self.policy).graph
    let index = try #require(graph.policy.routes.firstIndex { $0.name == "calm" })
    let answer = CounterfactualFinder(Decider(graph))
      .whyNot(.route(RouteID(index)), for: Self.request, keeping: [])
    guard case .change(let found) = answer else {
      Issue.record("\(answer)")
      return
    }
    #expect(found.request.messages.map(\.text) == ["Where is my parcel?"])
  }
}
