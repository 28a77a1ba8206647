import JSONWriting
import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import RoutingRuntime

/// A request that was decided, recorded, read back and decided again.
struct RecordedPair {
  let decision: Decision
  let bytes: [UInt8]
  /// What is not the same; nil if everything is.
  let difference: String?
  /// Whether the explanation names a word that was found.
  let namesWord: Bool

  init(_ policy: TestPolicy, _ input: RequestInput) throws {
    let decider = policy.decider
    var facts = try decider.graph.facts(of: input)
    var scratch = Scratch(for: decider.graph)
    let expectations = Expectations(
      acceptance: [ModelID(0): Acceptance(share: .init(millionths: 123_456), source: "here")],
      output: 321)
    decision = decider.decide(input, &facts, expecting: expectations, in: &scratch)
    let sizes = decider.sizes(of: input)
    var sameFacts = try decider.graph.facts(of: input)
    let measured = decider.decide(
      input, measured: sizes, &sameFacts, expecting: expectations, in: &scratch)
    bytes = decider.record(
      decision, of: input, measured: sizes, &facts, expecting: expectations, in: &scratch)
    let request = try RecordedRequest(bytes, for: decider)
    let explainer = Explainer(graph: decider.graph, policyPath: "policy.rung")
    let live = try Self.live(explainer, decider, input, expectations)
    let (again, thawed) = explainer.explain(request, by: decider, requestName: "it")
    namesWord = ExplanationText(thawed, showingAll: true).text.contains("found \"")
    let pairs: [(String, String, String)] = [
      ("measured", Self.text(decision, policy), Self.text(measured, policy)),
      ("measured mark", "\(decision.mark)", "\(measured.mark)"),
      ("decision", Self.text(decision, policy), Self.text(again, policy)),
      ("mark", "\(decision.mark) \(request.mark)", "\(again.mark) \(again.mark)"),
      (
        "text", ExplanationText(live, showingAll: true).text,
        ExplanationText(thawed, showingAll: true).text
      ),
      ("json", Self.json(live), Self.json(thawed)),
      ("bytes", "\(bytes)", "\(request.bytes(for: decider))"),
    ]
    difference = pairs.first { $0.1 != $0.2 }.map { "\($0.0):\n\($0.1)\n---\n\($0.2)" }
  }

  var outcome: String {
    switch decision.outcome {
    case .route: "route"
    case .needs: "needs"
    case .refused(.byGuard): "refused by guard"
    case .refused(.byRoute): "refused by route"
    case .refused(.byBudget): "refused by budget"
    case .refused(.emptied): "emptied"
    case .refused(.unreadable): "unreadable"
    }
  }

  private static func text(_ decision: Decision, _ policy: TestPolicy) -> String {
    let transcript = DecisionTranscript(policy: policy.policy, decision: decision).text
    let arm = decision.arm.map { "\($0.index) \($0.by) \($0.hashed)" } ?? "-"
    let trace = decision.trace.map {
      "\($0.outcome) \($0.route?.index ?? -1) \($0.task?.index ?? -1)"
    }
    return "\(transcript)\n\(arm)\n\(trace ?? "-")\n\(decision.classifiers)\n\(decision.plan.start)"
  }

  /// As `rung explain` explains a request that is there, but that it quotes nothing.
  private static func live(
    _ explainer: Explainer, _ decider: Decider, _ input: RequestInput, _ expectations: Expectations
  ) throws -> Explanation {
    let decision = try decider.decide(input, expecting: expectations)
    var branches: [Explanation.Branch] = []
    if case .needs(let id) = decision.outcome {
      let classifier = decider.frozen.policy[id]
      for (index, label) in classifier.labels.enumerated() {
        var answered = input
        answered.state.classifiers[id] = index
        branches.append(
          Explanation.Branch(
            label: label, isFailureValue: index == classifier.onFailure,
            explanation: try live(explainer, decider, answered, expectations)))
      }
    }
    var facts = try decider.graph.facts(of: input)
    return explainer.explain(
      decision, facts: &facts, requestName: "it", expecting: expectations, branches: branches,
      quotingTexts: false)
  }

  private static func json(_ explanation: Explanation) -> String {
    var json = JSONWriter(.compact)
    ExplanationJSON.write(explanation, to: &json)
    return json.text
  }
}
