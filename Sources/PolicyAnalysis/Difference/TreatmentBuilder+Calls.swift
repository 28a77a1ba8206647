import PolicySemantics
import PolicySyntax
import PolicyUnits
import RoutingRuntime

/// The calls of one arm, in words.
struct ArmCalls {
  var first: AspectText?
  var selected = AspectText("")
  var gates = AspectText("")
  var fallbacks = AspectText("")
  /// Whether no call with an answer is left.
  var isEmpty: Bool { first == nil }
}

extension TreatmentBuilder {
  mutating func calls(_ use: CheckedUse) -> ArmCalls {
    var calls = ArmCalls()
    let selected = leg(use.target)
    calls.first = selected.first
    calls.selected = selected.text
    var gates = [selected.gates]
    var texts: [AspectText] = []
    for fallback in use.fallbacks {
      let leg = leg(fallback.target)
      guard let first = leg.first else { continue }
      if calls.first == nil { calls.first = first }
      let follows = Self.words(fallback.follows)
      texts.append(
        AspectText("\(follows)\(leg.text.content)", shown: "\(follows)\(leg.text.shown)"))
      gates.append(leg.gates)
    }
    calls.fallbacks = Self.joined(texts, ", else ")
    calls.gates = Self.joined(gates.filter { !$0.content.isEmpty }, "; ")
    return calls
  }

  /// A bare fallback follows everything but `filtered`.
  private static func words(_ follows: Set<CallFailure>) -> String {
    let bare: Set<CallFailure> = [.unavailable, .limited, .tooLong]
    if follows == bare { return "" }
    return "on \(AnswerWords.list(follows.map(\.rawValue).sorted())) "
  }

  private static func joined(_ texts: [AspectText], _ separator: String) -> AspectText {
    AspectText(
      texts.map(\.content).joined(separator: separator),
      shown: texts.map(\.shown).joined(separator: separator))
  }

  private mutating func leg(
    _ target: CheckedTarget
  ) -> (first: AspectText?, text: AspectText, gates: AspectText) {
    switch target.kind {
    case .model(let id):
      guard reachForAnswer(id) else { return (nil, AspectText(""), AspectText("")) }
      let name = policy[id].name
      return (AspectText(name), AspectText(name + words(target.options)), AspectText(""))
    case .requested:
      var names: [String] = []
      for index in policy.vocabulary.models.indices where reachForAnswer(ModelID(index)) {
        names.append(policy.vocabulary.models[index].name)
      }
      guard !names.isEmpty else { return (nil, AspectText(""), AspectText("")) }
      let content = "requested of \(names.sorted().joined(separator: ", "))"
      let options = words(target.options)
      return (
        AspectText(content, shown: "requested"),
        AspectText(content + options, shown: "requested" + options), AspectText("")
      )
    case .ladder(let id): return ladder(policy[id], target.options)
    }
  }

  private mutating func ladder(
    _ ladder: CheckedLadder, _ options: CallOptions
  ) -> (first: AspectText?, text: AspectText, gates: AspectText) {
    var first: AspectText?
    var tiers: [String] = []
    var gates: [AspectText] = []
    for tier in ladder.tiers where reachForAnswer(tier.model) {
      let name = policy[tier.model].name
      first = first ?? AspectText(name)
      tiers.append(name + words(tier.options.filled(from: options)))
      guard !tier.accepts.isEmpty else { continue }
      let passes = tier.accepts.map { pass($0) }
      gates.append(
        AspectText(
          "\(name) if " + passes.map(\.content).joined(separator: " and "),
          shown: "\(name) if " + passes.map(\.shown).joined(separator: " and ")))
    }
    guard first != nil else { return (nil, AspectText(""), AspectText("")) }
    if ladder.maxBudget != nil { mayRefuse.append(ladder.name) }
    let text =
      ([tiers.joined(separator: " then ")] + bounds(ladder, of: tiers.count, gates.count))
      .joined(separator: "; ")
    return (first, AspectText(text), Self.joined(gates, "; "))
  }

  private func bounds(_ ladder: CheckedLadder, of tiers: Int, _ gated: Int) -> [String] {
    var bounds: [String] = []
    if let budget = ladder.maxBudget {
      bounds.append(
        "max_budget \(Amounts.text(budget, currency: policy.vocabulary.currency))")
    }
    if let time = ladder.maxTime { bounds.append("max_time \(Amounts.text(time))") }
    if gated > 0, ladder.onExhausted != .fail {
      bounds.append("on exhausted return \(ladder.onExhausted.rawValue)")
    }
    if ladder.climbsWhenFiltered, tiers > 1 { bounds.append("on filtered climb") }
    if ladder.stopsWhenFailed, tiers > 1 { bounds.append("on failed stop") }
    return bounds
  }

  /// A gate by name, and by what it asks.
  private mutating func pass(_ pass: CheckedLadder.Pass) -> AspectText {
    var content = words.gate(pass.gate)
    for judge in GateNeeds(pass.gate, of: policy).models where !reach(judge) {
      content += " with \(policy[judge].name) kept out"
    }
    let threshold =
      pass.threshold.map { " \($0.comparison.rawValue) \(Amounts.text($0.score))" } ?? ""
    return AspectText("(\(content))\(threshold)", shown: policy[pass.gate].name + threshold)
  }

  /// ` timeout 10s attempts 2`, as a policy writes them; a default is as good as silence.
  func words(_ options: CallOptions) -> String {
    var words = ""
    if let time = options.timeout { words += " timeout \(Amounts.text(time))" }
    if let time = options.firstToken { words += " first_token \(Amounts.text(time))" }
    if let attempts = options.attempts, attempts > 1 { words += " attempts \(attempts)" }
    if let most = options.maxOutput { words += " max_output \(Amounts.grouped(most))" }
    if let least = options.minOutput, least != PlanStep.defaultMinOutput {
      words += " min_output \(Amounts.grouped(least))"
    }
    if let effort = options.effort { words += " effort \(effort)" }
    return words
  }
}
