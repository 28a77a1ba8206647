import PolicyGraph
import PolicySemantics
import RoutingRuntime

/// Decides requests and holds an `always` against them, as `rung test` does.
struct AlwaysTrial {
  private let index: Int
  private let decider: Decider

  init(_ index: Int, _ decider: Decider) {
    self.index = index
    self.decider = decider
  }

  /// What a request breaks; nil if it does not meet the condition, or breaks nothing.
  func broken(by input: RequestInput) -> AlwaysVerdict.Counterexample? {
    let graph = decider.graph
    let always = graph.policy.always[index]
    var scratch = Scratch(for: graph)
    guard var facts = try? graph.facts(of: input),
      graph.evaluate(.always(index), &facts, in: &scratch) == .yes
    else { return nil }
    let decision = decider.decide(input, &facts, expecting: Expectations(), in: &scratch)
    let check = ExpectationCheck(ofAll: graph.policy, decision)
    var failures: [PolicyTestResult.Failure] = []
    for line in always.expect {
      guard let problem = check.problem(with: line) else { continue }
      failures.append(PolicyTestResult.Failure(span: line.span, problem: problem))
    }
    guard !failures.isEmpty else { return nil }
    return AlwaysVerdict.Counterexample(request: input, decision: decision, failures: failures)
  }

  /// Tries requests of a case with sizes near the ends of a box.
  func attempt(
    from input: RequestInput, _ found: AlwaysCase, _ box: PlanSizeBox
  ) -> AlwaysVerdict.Counterexample? {
    let hasBudgets = SizeDimension.allLeft.contains { box.ranges[$0] != nil }
    for end in [CornerSizes.End.least, .most] {
      for part in [TextPart.question, .context] {
        for spent in hasBudgets ? [CornerSizes.End.least, .most] : [.least] {
          guard
            let grown = SizedRequest(input, found, box, decider).input(
              filling: part, to: end, spent: spent)
          else { continue }
          for input in arms(grown, found) {
            if let broken = broken(by: input) { return broken }
          }
        }
      }
    }
    return nil
  }

  /// Tries one request with everything its budgets may have left, by powers of two.
  func attemptPoorer(
    _ input: RequestInput, _ found: AlwaysCase
  ) -> AlwaysVerdict.Counterexample? {
    let policy = decider.graph.policy
    let budgets = found.openBudgets(policy)
    guard let cap = budgets.map({ policy[$0.id].cap.amount }).max(), cap > 0 else { return nil }
    var left = cap
    while left > 0 {
      for tokens in [nil, 1] as [Int64?] {
        var poorer = input
        poorer.state.lastModel = found.lastModel
        if let tokens { poorer.maxTokens = tokens }
        for (id, _) in budgets {
          poorer.state.budgetUse[id] = policy[id].cap.amount - min(policy[id].cap.amount, left)
        }
        if let broken = broken(by: poorer) { return broken }
      }
      left /= 2
    }
    return nil
  }

  /// Tries one request with ever longer questions.
  func attemptLonger(
    _ input: RequestInput, _ found: AlwaysCase
  ) -> AlwaysVerdict.Counterexample? {
    for size in [1 << 14, 1 << 16, 1 << 17, 1 << 18, 1 << 19, 1 << 20] {
      var longer = input
      longer.state.lastModel = found.lastModel
      longer.fill(.question, by: size)
      if let broken = broken(by: longer) { return broken }
    }
    return nil
  }

  /// The request, and where a split decides, others that hash elsewhere.
  private func arms(_ input: RequestInput, _ found: AlwaysCase) -> [RequestInput] {
    guard case .split(let split) = decider.graph.policy[found.route].action else { return [input] }
    return (0..<24).map { number in
      var other = input
      guard number > 0 else { return other }
      if case .identity(let identity) = split.by, input.name(of: identity) != nil {
        other.set(identity, "\(identity.rawValue)-\(number)")
      } else if input.key != nil {
        other.set(.key, "key-\(number)")
      } else if let last = other.messages.lastIndex(where: { $0.role == .user }) {
        other.messages[last].text += " \(Self.words[number % Self.words.count])"
      }
      return other
    }
  }

  private static let words = [
    "please", "thanks", "now", "again", "today", "kindly", "then", "first", "also", "maybe",
    "still",
    "just",
  ]
}

/// A request brought to the sizes of a box, as far as text and budgets go.
struct SizedRequest {
  private let request: RequestInput
  private let found: AlwaysCase
  private let box: PlanSizeBox
  private let decider: Decider
  /// Longer ones are not worth building; the boxes speak for them.
  private static let mostBytes: Int64 = 1 << 19

  init(_ request: RequestInput, _ found: AlwaysCase, _ box: PlanSizeBox, _ decider: Decider) {
    self.request = request
    self.found = found
    self.box = box
    self.decider = decider
  }

  /// Nil if it would be too long.
  func input(
    filling part: TextPart, to end: CornerSizes.End, spent: CornerSizes.End
  ) -> RequestInput? {
    var input = request
    input.state.lastModel = found.lastModel
    let policy = decider.graph.policy
    for (id, dimension) in found.openBudgets(policy) {
      let cap = max(0, policy[id].cap.amount)
      let left = spent == .most ? box[dimension].lowerBound : box[dimension].upperBound
      let used = cap - min(cap, left)
      if used > 0 || input.state.budgetUse[id] != nil { input.state.budgetUse[id] = used }
    }
    let asked = box[.maxTokens]
    if asked.upperBound < .max || asked.lowerBound > 1 {
      input.maxTokens = end == .least ? asked.lowerBound : asked.upperBound
    }
    let wanted = Self.bytes(box, end)
    guard wanted <= Self.mostBytes else { return nil }
    let has = input.messages.reduce(Int64(0)) { $0 + Int64($1.text.utf8.count) }
    if wanted > has { input.fill(part, by: Int(clamping: wanted - has)) }
    return input
  }

  /// Whether a request at an end of a box is one worth building.
  static func isBuildable(in box: PlanSizeBox, to end: CornerSizes.End = .least) -> Bool {
    bytes(box, end) <= mostBytes && box[.bytes(.question)].lowerBound <= mostBytes
  }

  /// How many bytes of text the box asks for.
  private static func bytes(_ box: PlanSizeBox, _ end: CornerSizes.End) -> Int64 {
    var wanted: Int64 = 0
    for (dimension, range) in box.ranges {
      switch dimension {
      case .bound:
        let bytes = end == .least ? range.lowerBound : range.upperBound
        if bytes < PlanSizeBox.most { wanted = max(wanted, bytes) }
      case .low:
        // A word of five bytes with its space is about one token.
        let tokens = end == .least ? range.lowerBound : range.upperBound
        if tokens < PlanSizeBox.most { wanted = max(wanted, tokens > 1 << 40 ? .max : tokens * 6) }
      case .bytes, .maxTokens, .left, .tokensLeft: continue
      }
    }
    return wanted
  }
}

extension RequestInput {
  fileprivate func name(of identity: Identity) -> String? {
    switch identity {
    case .tenant: tenant
    case .user: user
    case .key: key
    case .conversation: conversation
    }
  }

  /// Adds plain words to a text, in a message of its own where it has none.
  fileprivate mutating func fill(_ part: TextPart, by bytes: Int) {
    let filler = String(repeating: "word ", count: bytes / 5 + 1)
    let question = messages.lastIndex { $0.role == .user }
    switch part {
    case .question, .prompt:
      if let question {
        messages[question].text += " " + filler
      } else {
        messages.append(.init(role: .user, text: filler))
      }
    case .system: messages.insert(.init(role: .system, text: filler), at: 0)
    case .context:
      messages.insert(.init(role: .assistant, text: filler), at: question ?? messages.count)
    }
  }
}
