import PolicyGraph
import PolicySemantics
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import PolicyAnalysis

@Suite struct `Who refuses in two policies` {
  @Test func `what changed its places among each other stands in one block`() {
    #expect(OrderBlock.blocks(["a", "b", "c"], ["a", "b", "c"]).isEmpty)
    #expect(OrderBlock.blocks(["a", "x", "b"], ["b", "y"]).isEmpty)
    #expect(
      OrderBlock.blocks(["a", "b", "gone", "c", "d"], ["b", "new", "a", "d", "c"]) == [
        OrderBlock(old: ["a", "b"], new: ["b", "a"]),
        OrderBlock(old: ["c", "d"], new: ["d", "c"]),
      ])
    let turned = OrderBlock(old: ["a", "b", "c"], new: ["c", "a", "b"]).turned
    #expect(turned.map(\.first) == ["a", "b"] && turned.map(\.second) == ["c", "c"])
  }

  struct Pair: CustomTestStringConvertible {
    let what: String
    let old: String
    let new: String
    /// Who refuses the request that shows it.
    let before: String?
    let after: String?
    var testDescription: String { what }
  }

  static let pairs = [
    Pair(
      what: "required facts in another order",
      old: "facts { team : a | b required  region : eu | us required }\notherwise { use m }",
      new: "facts { region : eu | us required  team : a | b required }\notherwise { use m }",
      before: "team", after: "region"),
    Pair(
      what: "facts in another order that a request may get wrong",
      old: "facts { rank : low | high = low  beta : bool = false }\notherwise { use m }",
      new: "facts { beta : bool = false  rank : low | high = low }\notherwise { use m }",
      before: "rank", after: "beta"),
    Pair(
      what: "a limit before a budget",
      old:
        "budget daily = $5 per tenant per day\nlimit rate = 10 requests per key per day\notherwise { use m }",
      new:
        "limit rate = 10 requests per key per day\nbudget daily = $5 per tenant per day\notherwise { use m }",
      before: "daily", after: "rate"),
    Pair(
      what: "budgets that only some requests meet, one of them read by a route",
      old:
        "limit few = 10 requests per key per day when stream\nlimit more = 20 requests per key per day when max_tokens <= 900\nroute saving when few.used >= 50% { use n }\notherwise { use m }",
      new:
        "limit more = 20 requests per key per day when max_tokens <= 900\nlimit few = 10 requests per key per day when stream\nroute saving when few.used >= 50% { use n }\notherwise { use m }",
      before: "few", after: "more"),
    Pair(
      what: "a budget of each request and one of a day with as much left",
      old:
        "budget each = $0.0001 per request\nbudget daily = $5 per tenant per day\notherwise { use big }",
      new:
        "budget daily = $5 per tenant per day\nbudget each = $0.0001 per request\notherwise { use big }",
      before: "each", after: "daily"),
    Pair(
      what: "a guard that refuses under another name",
      old: "guard a when stream { refuse \"no\" }\notherwise { use m }",
      new: "guard b when stream { refuse \"no\" }\notherwise { use m }",
      before: "a", after: "b"),
    Pair(
      what: "a guard under another name that leaves models which a request may need more of",
      old: "guard a { only models where model.region = eu }\notherwise { use m fallback big }",
      new: "guard b { only models where model.region = eu }\notherwise { use m fallback big }",
      before: "a", after: "b"),
    Pair(
      what: "guards in another order that keep out the same model",
      old:
        "guard a { only models where model.region = eu }\nguard b { only models where model.provider = near }\notherwise { use m fallback big }",
      new:
        "guard b { only models where model.provider = near }\nguard a { only models where model.region = eu }\notherwise { use m fallback big }",
      before: "a", after: "b"),
    Pair(
      what: "a ladder's bound under another name",
      old:
        "ladder rise(max_budget = $0.0001) { tier big }\nroute a when stream { use rise }\notherwise { use m }",
      new:
        "ladder steps(max_budget = $0.0001) { tier big }\nroute a when stream { use steps }\notherwise { use m }",
      before: "rise", after: "steps"),
  ]

  @Test(arguments: pairs)
  func `another name of who refuses is one change, shown by a request`(_ pair: Pair) throws {
    let graphs = try [pair.old, pair.new].map { try SamplePolicy(Self.head + $0).graph }
    let difference = PolicyComparison(graphs[0], graphs[1]).difference()
    #expect(!difference.isEquivalent)
    let change = try #require(difference.changes.first)
    #expect(difference.changes.count == 1, "\(difference.changes.map(\.aspects))")
    #expect(change.kinds == [.refused])
    guard case .witness(let shown) = change.evidence else {
      Issue.record("no request shows it")
      return
    }
    #expect(Self.refuser(shown.witness.draft, graphs[0]) == pair.before)
    #expect(Self.refuser(shown.witness.draft, graphs[1]) == pair.after)
  }

  @Test(arguments: [
    (
      "budgets that bind different requests",
      "limit few = 10 requests per key per day when stream\nlimit more = 20 requests per key per day when not stream\notherwise { use m }",
      "limit more = 20 requests per key per day when not stream\nlimit few = 10 requests per key per day when stream\notherwise { use m }"
    ),
    (
      "budgets of requests that are refused before",
      "limit few = 10 requests per key per day\nlimit more = 20 requests per key per day\notherwise { refuse \"no\" }",
      "limit more = 20 requests per key per day\nlimit few = 10 requests per key per day\notherwise { refuse \"no\" }"
    ),
    (
      "a limit of requests that are refused before",
      "limit few = 10 requests per key per day\notherwise { refuse \"no\" }",
      "otherwise { refuse \"no\" }"
    ),
    (
      "guards of different requests",
      "guard a when stream { refuse \"no\" }\nguard b when not stream { refuse \"nor so\" }\notherwise { use m }",
      "guard b when not stream { refuse \"nor so\" }\nguard a when stream { refuse \"no\" }\notherwise { use m }"
    ),
    (
      "a guard under another name that keeps every model",
      "guard a { only models where model.region in (eu, us) }\notherwise { use m }",
      "guard b { only models where model.region in (eu, us) }\notherwise { use m }"
    ),
  ])
  func `what no caller can see is no difference`(what: String, old: String, new: String) throws {
    let graphs = try [old, new].map { try SamplePolicy(Self.head + $0).graph }
    let difference = PolicyComparison(graphs[0], graphs[1]).difference()
    #expect(difference.isEquivalent, "\(what): \(difference.changes.map(\.aspects))")
  }

  /// Declarations that refuse, of which policies are made that differ in order alone.
  static let refusers = [
    "limit few = 3 requests per key per day when stream",
    "limit some = 4 requests per user per hour when plan = pro",
    "budget daily = $1 per tenant per day",
    "limit flow = 9k tokens per key per minute when max_tokens <= 900",
    "guard shut when plan = pro and max_tokens <= 900 { refuse \"no\" }",
    "guard closed when stream and max_tokens <= 900 { refuse \"nor so\" }",
    "guard near when stream { only models where model.region = eu }",
    "guard here when plan = pro { only models where model.provider = near }",
  ]

  @Test(arguments: [0x0e5a_0001, 0x0e5a_0002] as [UInt64])
  func `policies that differ in order are told apart exactly where a request tells them`(
    seed: UInt64
  ) throws {
    var random = SplitMix(state: seed)
    var (differing, equal) = (0, 0)
    for _ in 0..<25 {
      let some = Self.refusers.shuffled(using: &random).prefix(
        Int.random(in: 2...4, using: &random))
      let graphs = try [Array(some), some.shuffled(using: &random)].map { lines in
        try SamplePolicy(
          Self.head + "facts { plan : free | pro = free }\n" + lines.joined(separator: "\n")
            + "\nroute a when stream { use n fallback m }\notherwise { use m fallback n }"
        ).graph
      }
      let difference = PolicyComparison(graphs[0], graphs[1]).difference()
      var apart: RequestDraft?
      for _ in 0..<300 {
        let draft = Self.request(&random)
        if Self.refuser(draft, graphs[0]) != Self.refuser(draft, graphs[1]) { apart = draft }
      }
      if difference.isEquivalent {
        equal += 1
        #expect(apart == nil, "\(some)")
      } else {
        differing += 1
      }
    }
    #expect(differing >= 5 && equal >= 5, "\(differing) and \(equal)")
  }

  private static func request(_ random: inout SplitMix) -> RequestDraft {
    var draft = RequestDraft()
    draft.messages = [.init(role: .user, text: "hello")]
    draft.stream = Bool.random(using: &random)
    draft.maxTokens = Bool.random(using: &random) ? 800 : nil
    draft.facts["plan"] = .text(Bool.random(using: &random) ? "pro" : "free")
    draft.imageCount = Int.random(in: 0...3, using: &random) == 0 ? 1 : 0
    for (name, full) in [
      ("few", 3), ("some", 4), ("daily", 1_000_000_000), ("flow", 9_000),
    ] as [(String, Int64)] {
      draft.budgets[name] = [0, full - 1, full].randomElement(using: &random)
    }
    return draft
  }

  private static let head = "rung 1\ncatalog \"catalog.yaml\"\n"

  /// Who refuses a request; nil if it is served, or refused by nothing the policy declares.
  private static func refuser(_ draft: RequestDraft, _ graph: DecisionGraph) -> String? {
    do throws(FactProblem) {
      let decision = try Decider(graph).decide(draft.input(for: graph))
      guard case .refused(let refusal) = decision.outcome else { return nil }
      return refusal.refuser(in: graph.policy)
    } catch {
      return error.fact
    }
  }
}
