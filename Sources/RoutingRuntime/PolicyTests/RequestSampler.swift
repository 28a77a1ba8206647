package import PolicyGraph
package import PolicySemantics
import PolicySyntax
import PolicyUnits

/// Makes requests that matter to a policy: its own words, values at and beside its own limits, and
/// most of them such that a condition has a chance to hold.
///
/// Seeded: the same policy, condition and seed give the same requests.
package struct RequestSampler {
  private let policy: CheckedPolicy
  private let target: CheckedCondition
  private var random: SplitMix
  /// Words of the text tests of all conditions.
  private let words: [String]

  package init(_ policy: CheckedPolicy, aiming target: CheckedCondition, seed: UInt64) {
    self.policy = policy
    self.target = target
    self.random = SplitMix(state: seed)
    var words = SampleWords(policy)
    words.add(target)
    for route in policy.routes { route.condition.map { words.add($0) } }
    for task in policy.tasks { task.condition.map { words.add($0) } }
    for declared in policy.guards { declared.condition.map { words.add($0) } }
    for points in policy.points { for line in points.lines { words.add(line.condition) } }
    self.words = words.words
  }

  package mutating func next() -> RequestInput {
    var draft = SampleDraft()
    for index in policy.facts.indices {
      // Half of the facts stay at their defaults.
      if policy.facts[index].byDefault != nil, random.below(2) == 0 { continue }
      draft.facts[FactID(index)] = randomValue(of: policy.facts[index])
    }
    for index in policy.classifiers.indices {
      draft.state.classifiers[ClassifierID(index)] =
        random.below(policy.classifiers[index].labels.count)
    }
    for (index, budget) in policy.budgets.enumerated() where random.below(3) == 0 {
      let share = Share(millionths: Int64(random.below(1_000_000)))
      draft.state.budgetUse[BudgetID(index)] = CompressionSize.share(
        share, of: budget.cap.amount, roundingUp: false)
    }
    for _ in 0..<random.below(4) { addWord(to: .question, &draft) }
    if random.below(4) == 0 { addWord(to: .system, &draft) }
    if random.below(4) == 0 { addWord(to: .context, &draft) }
    draft.stream = random.below(3) == 0
    draft.hour = random.below(24)
    draft.day = Int64(random.below(3_650)) + 19_000
    if random.below(3) == 0 { draft.tools = random.below(3) }
    if random.below(6) == 0 { draft.images = 1 }
    if random.below(10) < 9 { aim(target, wanted: true, &draft) }
    return draft.input(policy)
  }

  private mutating func addWord(to part: TextPart, _ draft: inout SampleDraft) {
    guard let word = random.pick(words) else { return }
    draft.add(word, to: part)
  }

  private mutating func randomValue(of fact: CheckedFact) -> FactValue {
    switch fact.type {
    case .bool: .bool(random.below(2) == 0)
    case .count: .count(Int64(random.below(200)))
    case .text: .text(random.pick(["", "a", "b"] + words) ?? "")
    case .labels(let labels): .label(random.below(max(1, labels.count)))
    }
  }
}

// MARK: Aiming

extension RequestSampler {
  /// Changes the request so that a condition is likely to have a value.
  ///
  /// One alternative of several is chosen by chance; parts that contradict each other simply miss.
  private mutating func aim(
    _ condition: CheckedCondition, wanted: Bool, _ draft: inout SampleDraft
  ) {
    switch condition {
    case .all(let parts, _):
      if wanted {
        for part in parts { aim(part, wanted: true, &draft) }
      } else if let part = random.pick(parts) {
        aim(part, wanted: false, &draft)
      }
    case .any(let parts, _):
      if !wanted {
        for part in parts { aim(part, wanted: false, &draft) }
      } else if let part = random.pick(parts) {
        aim(part, wanted: true, &draft)
      }
    case .not(let part, _): aim(part, wanted: !wanted, &draft)
    case .named(let id, _): aim(policy[id].condition, wanted: wanted, &draft)
    case .test(let test, _): aim(test, wanted: wanted, &draft)
    }
  }

  private mutating func aim(_ test: RequestTest, wanted: Bool, _ draft: inout SampleDraft) {
    switch test {
    case .flag(.stream): draft.stream = wanted
    case .flag(.fact(let id)): draft.facts[id] = .bool(wanted)
    case .flag(.healthy(let model)):
      if wanted { draft.state.unhealthy.remove(model) } else { draft.state.unhealthy.insert(model) }
    case .label(let field, let labels): aim(field, labels, wanted: wanted, &draft)
    case .number(let field, let comparison, let value):
      if let number = number(comparison, value, wanted: wanted) { aim(field, number, &draft) }
    case .name(let field, let names):
      guard wanted, let name = random.pick(names) else { return }
      switch field {
      case .model: draft.model = name
      case .identity(let identity): draft.identities[identity] = name
      case .fact(let id): draft.facts[id] = .text(name)
      case .language: return
      }
    case .text(let part, let text): aim(part, text, wanted: wanted, &draft)
    case .offersTool(let names):
      draft.toolNames = wanted ? random.pick(names).map { [$0] } ?? [] : []
    }
  }

  private mutating func aim(
    _ field: LabelField, _ labels: [Int], wanted: Bool, _ draft: inout SampleDraft
  ) {
    let all: Int
    switch field {
    case .task: all = policy.tasks.count
    case .format: all = RequestFormat.allCases.count
    case .weekday: all = Weekday.allCases.count
    case .fact(let id):
      guard case .labels(let names) = policy[id].type else { return }
      all = names.count
    case .classifier(let id): all = policy[id].labels.count
    }
    let candidates = (0..<all).filter { labels.contains($0) == wanted }
    guard let label = random.pick(candidates) else { return }
    switch field {
    case .task:
      // The tasks before it must fail, and its own condition hold.
      for index in 0..<label {
        policy.tasks[index].condition.map { aim($0, wanted: false, &draft) }
      }
      policy.tasks[label].condition.map { aim($0, wanted: true, &draft) }
    case .format: draft.format = RequestFormat.allCases[label]
    case .weekday: draft.day += Int64(label) - Int64(draft.weekday)
    case .fact(let id): draft.facts[id] = .label(label)
    case .classifier(let id): draft.state.classifiers[id] = label
    }
  }

  /// A number at or near the limit that gives the comparison its value.
  private mutating func number(
    _ comparison: Comparison, _ limit: Int64, wanted: Bool
  ) -> Int64? {
    let near: [Int64] = [0, 1, -1, 2, Int64(random.below(50)), -Int64(random.below(50)), -limit]
    let numbers = near.map { Saturated.sum(limit, $0) }.filter {
      $0 >= 0 && comparison.holds($0, limit) == wanted
    }
    return random.pick(numbers)
  }

  private mutating func aim(_ field: NumberField, _ number: Int64, _ draft: inout SampleDraft) {
    switch field {
    case .maxTokens: draft.maxTokens = number
    case .temperature: draft.temperature = number
    case .tools: draft.tools = Int(clamping: min(number, 64))
    case .images: draft.images = Int(clamping: min(number, 64))
    case .messages, .turn: draft.turns = Int(clamping: min(number, 64))
    case .chars(let part): draft.pad(part, words: number / 5)
    case .tokens(let part): draft.pad(part, words: number)
    case .lines(let part): draft.pad(part, words: number, by: "\n")
    case .hour: draft.hour = Int(clamping: min(23, number))
    case .date: draft.day = number
    case .points(let id):
      for line in policy[id].lines where random.below(3) > 0 {
        aim(line.condition, wanted: true, &draft)
      }
    case .fact(let id): draft.facts[id] = .count(number)
    case .budgetUsed(let id): draft.state.budgetUse[id] = number
    case .budgetLeft(let id): draft.state.budgetUse[id] = max(0, policy[id].cap.amount - number)
    case .budgetUsedShare(let id):
      draft.state.budgetUse[id] = CompressionSize.share(
        Share(millionths: number), of: policy[id].cap.amount, roundingUp: true)
    case .budgetLeftShare(let id):
      draft.state.budgetUse[id] = CompressionSize.share(
        Share(millionths: max(0, 1_000_000 - number)), of: policy[id].cap.amount, roundingUp: true)
    }
  }

  private mutating func aim(
    _ part: TextPart, _ test: TextTest, wanted: Bool, _ draft: inout SampleDraft
  ) {
    let samples = SampleWords.samples(of: test)
    if wanted {
      guard let sample = random.pick(samples) else { return }
      if case .startsWith = test {
        draft.put(sample, before: part)
      } else {
        draft.add(sample, to: part)
      }
    } else {
      for sample in samples { draft.remove(sample, from: part) }
    }
  }
}
