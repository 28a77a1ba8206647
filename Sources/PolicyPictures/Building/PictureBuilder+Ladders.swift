import PolicyExplain
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

// A ladder: its tiers, and where an answer leaves it.
extension PictureBuilder {
  mutating func addLadder(_ ladder: CheckedLadder) -> Int {
    let id = "ladder.\(ladder.name)"
    let group = addGroup(
      .ladder, "ladder \(ladder.name)", id: id, lines: bounds(of: ladder) + origin(ladder.span),
      place: place(ladder.span))
    let answer = PolicyPicture.Node(
      id: "\(id).answer", kind: .answer, group: group, title: "answer")
    var tiers: [Int] = []
    for (index, tier) in ladder.tiers.enumerated() {
      tiers.append(addTier(tier, number: index + 1, id: "\(id).tier.\(index + 1)", group))
    }
    for (below, above) in zip(tiers, tiers.dropFirst()) {
      picture.edges.append(
        PolicyPicture.Edge(.climb, "climb", from: .node(below), to: .node(above)))
    }
    let end = add(answer)
    for (tier, node) in zip(ladder.tiers, tiers) {
      let label = tier.accepts.isEmpty ? "any answer" : "accept"
      picture.edges.append(
        PolicyPicture.Edge(.accept, label, from: .node(node), to: .node(end)))
    }
    addOutcome(of: ladder, id: id, group, last: tiers.last, answer: end)
    return group
  }

  /// What the policy says of an exhausted ladder, or what that means if its last tier is gated.
  private mutating func addOutcome(
    of ladder: CheckedLadder, id: String, _ group: Int, last: Int?, answer: Int
  ) {
    guard let last, let tier = ladder.tiers.last else { return }
    let isSilent = ladder.onExhausted == .fail
    guard !tier.accepts.isEmpty || !isSilent else { return }
    let title = isSilent ? "fail" : "return \(ladder.onExhausted.rawValue)"
    let outcome = add(
      PolicyPicture.Node(id: "\(id).exhausted", kind: .outcome, group: group, title: title))
    picture.edges.append(
      PolicyPicture.Edge(.exhausted, "exhausted", from: .node(last), to: .node(outcome)))
    guard !isSilent else { return }
    picture.edges.append(PolicyPicture.Edge(.accept, from: .node(outcome), to: .node(answer)))
  }

  private mutating func addTier(
    _ tier: CheckedLadder.Tier, number: Int, id: String, _ group: Int
  ) -> Int {
    var lines: [PolicyPicture.Line] = []
    if let first = tier.accepts.first?.span, let last = tier.accepts.last?.span {
      let gates = tier.accepts.map { words.text($0.span) }.joined(separator: " and ")
      lines.append(
        PolicyPicture.Line(.condition, "accept \(gates)", place(first.union(last))))
    }
    let options = words(of: tier.options)
    if !options.isEmpty { lines.append(PolicyPicture.Line(.option, options)) }
    return add(
      PolicyPicture.Node(
        id: id, kind: .tier, group: group, number: number, title: policy[tier.model].name,
        lines: lines, place: place(tier.span)))
  }

  private func bounds(of ladder: CheckedLadder) -> [PolicyPicture.Line] {
    var bounds: [String] = []
    if let money = ladder.maxBudget {
      bounds.append("max_budget \(Amounts.text(money, currency: policy.vocabulary.currency))")
    }
    if let time = ladder.maxTime { bounds.append("max_time \(Amounts.text(time))") }
    var lines: [PolicyPicture.Line] = []
    if !bounds.isEmpty {
      lines.append(PolicyPicture.Line(.option, bounds.joined(separator: ", ")))
    }
    var outcomes: [String] = []
    if ladder.climbsWhenFiltered { outcomes.append("on filtered climb") }
    if ladder.stopsWhenFailed { outcomes.append("on failed stop") }
    if !outcomes.isEmpty {
      lines.append(PolicyPicture.Line(.option, outcomes.joined(separator: ", ")))
    }
    return lines
  }

  private func words(of options: CallOptions) -> String {
    var words: [String] = []
    if let time = options.timeout { words.append("timeout \(Amounts.text(time))") }
    if let time = options.firstToken { words.append("first_token \(Amounts.text(time))") }
    if let count = options.attempts { words.append("attempts \(count)") }
    if let count = options.maxOutput {
      words.append("max_output \(Amounts.grouped(count)) tokens")
    }
    if let count = options.minOutput {
      words.append("min_output \(Amounts.grouped(count)) tokens")
    }
    if let effort = options.effort { words.append("effort \(effort)") }
    return words.joined(separator: "  ")
  }
}
