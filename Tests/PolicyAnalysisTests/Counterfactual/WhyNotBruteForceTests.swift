import PolicyGraph
import PolicySemantics
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import PolicyAnalysis

/// No smaller set of fields works, and the answer works: held against every request there is.
@Suite struct `Why not and brute force` {
  static let policies = 220

  @Test func `agree on generated policies`() throws {
    var counts: [String: Int] = [:]
    for seed in 0..<UInt64(Self.policies) {
      var maker = WhyNotMaker(random: SplitMix(state: 0x3117 + seed))
      let text = maker.policy()
      guard let graph = try? SamplePolicy(text).graph else {
        counts["refused by the checker", default: 0] += 1
        continue
      }
      let decider = Decider(graph)
      let decided = try WhyNotMaker.all.map { ($0, try decider.decide($0.input)) }
      let finder = CounterfactualFinder(decider)
      let routes = graph.policy.routes.indices.map { WhyNotTarget.route(RouteID($0)) }
      let models = graph.policy.vocabulary.models.indices.map { WhyNotTarget.model(ModelID($0)) }
      for target in routes + models {
        let start = maker.random.pick(WhyNotMaker.all)
        let kept = Set(maker.random.some(WhyNotMaker.fields, most: 2)).subtracting(
          maker.random.chance(1, in: 2) ? Set(WhyNotMaker.fields) : [])
        let best = decided.filter { target.isMet(by: $0.1) }
          .map { start.fields(changedIn: $0.0) }
          .filter { $0.isDisjoint(with: kept) }.map(\.count).min()
        let answer = finder.whyNot(target, for: start.input, keeping: kept)
        let about = "seed \(seed) \(target) from \(start) keeping \(kept.sorted())\n\(text)"
        counts[Self.compare(answer, best, target, start, decider, about), default: 0] += 1
      }
    }
    print("why not: seeds 0..<\(Self.policies), \(counts.sorted { $0.key < $1.key })")
    #expect(counts["change", default: 0] >= 200 && counts["impossible", default: 0] >= 50)
    #expect(counts["open", default: 0] == 0)
  }

  private static func compare(
    _ answer: WhyNot, _ best: Int?, _ target: WhyNotTarget, _ start: WhyNotMaker.Request,
    _ decider: Decider, _ about: String
  ) -> String {
    switch answer {
    case .already:
      #expect(best == 0, "\(about)")
      return "already"
    case .never, .kept:
      #expect(best == nil, "\(about)")
      return "impossible"
    case .notDecided(let reason):
      Issue.record("\(reason.words): \(about)")
      return "open"
    case .change(let found):
      #expect(Set(found.changes.map(\.field)).count == best, "\(found.changes) \(about)")
      let again = try? decider.decide(found.request)
      #expect(again.map(target.isMet) == true, "\(about)")
      return "change"
    }
  }
}

/// Small policies over a few fields, and every request they tell apart.
struct WhyNotMaker {
  var random: SplitMix

  struct Request: CustomStringConvertible {
    let plan: String
    let beta: Bool
    let seats: Int64
    let stream: Bool
    let images: Int
    let hour: Int
    let question: String

    var input: RequestInput {
      var draft = RequestDraft()
      draft.hour = hour
      var input = RequestInput(moment: draft.moment)
      input.metadata = ["plan": .text(plan), "beta": .bool(beta), "seats": .integer(seats)]
      input.stream = stream
      input.imageCount = images
      input.messages = [.init(role: .user, text: question)]
      return input
    }

    func fields(changedIn other: Request) -> Set<String> {
      var changed: Set<String> = []
      if plan != other.plan { changed.insert("plan") }
      if beta != other.beta { changed.insert("beta") }
      if seats != other.seats { changed.insert("seats") }
      if stream != other.stream { changed.insert("stream") }
      if images != other.images { changed.insert("images") }
      if hour != other.hour { changed.insert("moment") }
      if question != other.question { changed.insert("question") }
      return changed
    }

    var description: String {
      "\(plan) beta=\(beta) seats=\(seats) stream=\(stream) images=\(images) hour=\(hour) \(question)"
    }
  }

  static let fields = ["plan", "beta", "seats", "stream", "images", "moment", "question"]
  static let all: [Request] = ["free", "pro", "team"].flatMap { plan in
    [false, true].flatMap { beta in
      [Int64(1), 5, 20].flatMap { seats in
        [false, true].flatMap { stream in
          [0, 1].flatMap { images in
            [9, 22].flatMap { hour in
              [
                "hello", "a refund", "refund policy", "debug", "debug refund",
                "debug refund policy",
              ]
              .map {
                Request(
                  plan: plan, beta: beta, seats: seats, stream: stream, images: images,
                  hour: hour, question: $0)
              }
            }
          }
        }
      }
    }
  }

  private static let tests = [
    "plan = free", "plan != pro", "plan in (pro, team)", "beta", "not beta", "seats >= 5",
    "seats < 20", "stream", "not stream", "images >= 1", "hour >= 22", "hour < 22",
    "question mentions \"refund\"", "question mentions \"refund policy\"",
    "question mentions (\"debug\", \"refund\")", "not question mentions \"refund\"",
  ]
  private static let bodies = ["use m", "use n", "use big", "refuse \"no\""]
  private static let guards = [
    "guard near when beta { only models where model.region = eu }",
    "guard shut when plan = team { refuse \"shut\" }", "",
  ]

  mutating func condition() -> String {
    let first = random.pick(Self.tests)
    switch random.below(4) {
    case 0: return first
    case 1: return "\(first) and \(random.pick(Self.tests))"
    case 2: return "\(first) and \(random.pick(Self.tests)) and \(random.pick(Self.tests))"
    default: return "(\(first) or \(random.pick(Self.tests))) and \(random.pick(Self.tests))"
    }
  }

  mutating func policy() -> String {
    var lines = ["rung 1", "catalog \"catalog.yaml\"", "zone \"UTC\""]
    lines.append(
      "facts { plan : free | pro | team = free  beta : bool = false  seats : count = 1 }")
    lines.append(random.pick(Self.guards))
    for index in 0..<(2 + random.below(4)) {
      lines.append("route r\(index) when \(condition()) { \(random.pick(Self.bodies)) }")
    }
    lines.append("otherwise { use m }")
    return lines.joined(separator: "\n")
  }
}
