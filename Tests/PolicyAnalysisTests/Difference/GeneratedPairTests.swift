import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime
import RoutingTestSupport
import Testing

@testable import PolicyAnalysis

@Suite struct `Generated pairs of policies` {
  static let pairs = 400
  static let requests = 150

  /// Both policies decide made requests: where what they say differs, the difference says so, and
  /// where it says so they differ.
  @Test func `differ where their decisions do`() throws {
    var (equivalent, differing, compared) = (0, 0, 0)
    var (unclear, located) = (0, 0)
    for seed in 0..<UInt64(Self.pairs) {
      var maker = PairMaker(random: SplitMix(state: seed))
      let first = maker.policy()
      let second = maker.changed(first)
      let old = try SamplePolicy(first.text).graph
      let new = try SamplePolicy(second.text).graph
      let comparison = PolicyComparison(old, new)
      let (difference, found) = comparison.located()
      let locator = try #require(found)
      let about = "seed \(seed)\n\(first.text)\n---\n\(second.text)\n"
      #expect(difference.undecided.isEmpty, "\(about)\(difference.undecided)")
      let sides = Sides(old, new)
      for change in difference.changes {
        guard case .witness(let shown) = change.evidence else { continue }
        // The arms differ, and still the one this request gets may not.
        let draft = shown.witness.draft
        if sides.old.isSplit(draft) || sides.new.isSplit(draft) { continue }
        #expect(
          sides.old.saying(to: draft) != sides.new.saying(to: draft)
            || sides.old.refuser(of: draft) != sides.new.refuser(of: draft),
          "\(about)\(change.aspects) at \(draft)")
      }
      let drafts = (0..<Self.requests).map { _ in RequestMaker.draft(&maker.random) }
      let reported = try comparison.differs(on: drafts)
      for (draft, isReported) in zip(drafts, reported) {
        compared += 1
        let differs = sides.old.saying(to: draft) != sides.new.saying(to: draft)
        #expect(!differs || isReported, "missed: \(about)\(draft)")
        if difference.isEquivalent { #expect(!differs, "\(about)\(draft)") }
        let place = sides.place(of: draft, by: locator, knowing: .all)
        switch place {
        // A region both policies refuse for want of an ability is reported, and is no change.
        case .unchanged: #expect(!differs, "\(about)\(draft)")
        case .change(let number):
          let isAsked = difference.changes[number].aspects.contains { $0.aspect == .classifiers }
          #expect(isReported || isAsked, "\(about)\(draft)")
        case .unclear: unclear += 1
        }
        // What is not known never leads to another place, only to none.
        let logged = sides.place(of: draft, by: locator, knowing: sides.logged(draft))
        #expect(logged == place || logged == .unclear, "\(about)\(draft): \(logged)")
        if logged != .unclear { located += 1 }
      }
      if difference.changes.isEmpty { equivalent += 1 } else { differing += 1 }
    }
    print(
      "differences: seeds 0..<\(Self.pairs), \(compared) requests, "
        + "\(differing) pairs differ, \(equivalent) do not; \(unclear) whole requests in no part, "
        + "\(located) in one by the log's line alone")
    #expect(equivalent > 20 && differing > 100)
    #expect(unclear * 20 < compared && located * 2 > compared)
  }
}

/// Both policies, and where requests lie between them.
private struct Sides {
  let old: Side
  let new: Side

  init(_ old: DecisionGraph, _ new: DecisionGraph) {
    self.old = Side(old)
    self.new = Side(new)
  }

  /// What a log without texts tells.
  func logged(_ draft: RequestDraft) -> RequestReader.KnownParts {
    let prompt = RequestTexts(draft.input(for: old.decider.graph).messages)
    var texts = prompt
    let tokens = old.decider.graph.tokens(of: texts.bytes(of: .prompt))
    return RequestReader.KnownParts(texts: false, parameters: true, promptTokens: tokens)
  }

  func place(
    of draft: RequestDraft, by locator: ChangeLocator, knowing known: RequestReader.KnownParts
  ) -> ChangeLocator.Place {
    func route(_ side: Side) -> RouteID? {
      guard let decision = try? side.decider.decide(draft.input(for: side.decider.graph)),
        case .route = decision.outcome
      else { return nil }
      return decision.route
    }
    var inputs = (draft.input(for: old.decider.graph), draft.input(for: new.decider.graph))
    if !known.texts { (inputs.0.messages, inputs.1.messages) = ([], []) }
    return locator.place(
      old: (inputs.0, known), new: (inputs.1, known), routes: (route(old), route(new)))
  }
}

/// What one policy says to a request, without the names of routes and ladders.
private struct Side {
  let decider: Decider
  var policy: CheckedPolicy { decider.frozen.policy }

  init(_ graph: DecisionGraph) { decider = Decider(graph) }

  func isSplit(_ draft: RequestDraft) -> Bool {
    (try? decider.decide(draft.input(for: decider.graph)))?.arm != nil
  }

  /// Who refuses a request, if anybody does.
  func refuser(of draft: RequestDraft) -> String? {
    guard let decision = try? decider.decide(draft.input(for: decider.graph)),
      case .refused(let refusal) = decision.outcome
    else { return nil }
    return refusal.refuser(in: policy)
  }

  func saying(to draft: RequestDraft) -> String {
    guard let decision = try? decider.decide(draft.input(for: decider.graph)) else {
      return "does not fit"
    }
    var lines: [String] = decision.budgets.map { written(policy[$0.budget].span) }
    switch decision.outcome {
    case .refused(.byGuard(_, let message, _)), .refused(.byRoute(_, let message, _)):
      // It was refused before any budget was looked at.
      return "refused \(message)"
    case .refused(.emptied): return (["refused: empty"] + lines).joined(separator: "\n")
    case .refused(let refusal): return "refused \(refusal)"
    case .needs(let id): return "needs \(id.index)"
    case .route: break
    }
    lines.append(decision.arm.map { "arm \($0.index) \($0.share)" } ?? "")
    for effect in decision.plan.effects { lines.append(words(effect)) }
    for call in decision.plan.calls where call.isKept { lines.append(words(call)) }
    return lines.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private func words(_ effect: PlannedEffect) -> String {
    guard effect.state == .applies else { return "" }
    switch effect.kind {
    case .reserve, .calls: return ""
    case .dropTools: return "drops tools"
    case .exactCache, .similarCache, .compress, .shape, .stop, .batch, .shadow, .stick:
      return written(effect.span)
    }
  }

  private func words(_ call: PlannedCall) -> String {
    let model = call.model.map { policy[$0].name } ?? "none"
    let gates = call.step.accepts.map { "\(written(policy[$0.gate].span)) \($0.threshold as Any)" }
    let role = call.step.answers ? "answers" : "\(call.step.role)"
    return "\(role) \(model) \(call.deployments) \(call.step.attempts) \(call.step.options) "
      + "\(call.output) \(call.cost.atMost) \(gates)"
  }

  private func written(_ span: Span) -> String { policy.sources.text(of: span) }
}

/// Requests near what the generated policies test.
enum RequestMaker {
  private static let texts = [
    "hello", "I want a refund", "what is your refund policy here", "debug this for me please",
    "a longer question that mentions nothing the policies look for at all",
  ]

  static func draft(_ random: inout SplitMix) -> RequestDraft {
    var draft = RequestDraft()
    if random.chance(2, in: 3) {
      draft.facts["plan"] = .text(random.pick(["free", "pro", "enterprise"]))
    }
    if random.chance(1, in: 2) { draft.facts["beta"] = .bool(random.chance(1, in: 2)) }
    if random.chance(2, in: 3) {
      draft.facts["seats"] = .count(Int64(random.pick([0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11])))
    }
    draft.stream = random.chance(1, in: 2)
    if random.chance(1, in: 3) { draft.format = .json }
    if random.chance(1, in: 3) { draft.identities[.tenant] = random.pick(["acme", "globex"]) }
    if random.chance(1, in: 4) { draft.imageCount = 1 }
    if random.chance(1, in: 3) { draft.model = random.pick(["n", "m", "other"]) }
    if random.chance(1, in: 3) { draft.toolNames = ["look_up"] }
    if random.chance(1, in: 3) {
      draft.messages.append(.init(role: .user, text: random.pick(texts)))
    }
    draft.messages.append(.init(role: .user, text: random.pick(texts)))
    return draft
  }
}
