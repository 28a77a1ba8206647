import PolicySemantics
import PolicyUnits

@testable import PolicyGraph

/// Writes requests at random, with values from the pools the policies use and one beside them.
struct RequestGenerator {
  var random: SeededRandom
  private let texts: [String]
  private let classifiers: Int

  init(seed: UInt64, for policy: CheckedPolicy) {
    var random = SeededRandom(seed: seed)
    texts = (0..<10).map { _ in TextPool.text(&random) }
    classifiers = policy.classifiers.count
    self.random = random
  }

  mutating func request() -> RequestInput {
    var input = RequestInput(moment: moment())
    input.model = random.pick(PolicyGenerator.asked + ["other"])
    input.stream = random.chance(1, in: 2)
    input.maxTokens = random.chance(1, in: 3) ? nil : near([64, 100, 500])
    input.temperature = random.pick([nil, 0, 200_000, 700_000, 700_001, 1_000_000, 1_500_000])
    input.format = random.pick(RequestFormat.allCases)
    input.toolNames = (0..<random.below(4)).map { _ in
      random.pick(PolicyGenerator.tools + ["Search"])
    }
    input.imageCount = random.below(4)
    input.messages = (0..<random.below(5)).map { _ in
      RequestInput.Message(
        role: random.pick([.system, .developer, .user, .user, .assistant, .tool]),
        text: random.pick(texts))
    }
    facts(&input)
    input.tenant = person()
    input.user = person()
    input.key = person()
    input.conversation = person()
    state(&input)
    return input
  }

  private mutating func moment() -> LocalMoment {
    let date = CalendarDate(year: 2026, month: 11, day: 19 + random.below(4))
    return LocalMoment(
      date: date ?? RequestGenerator.day, weekday: random.pick(Weekday.allCases),
      hour: random.pick([0, 5, 6, 7, 9, 16, 17, 18, 22, 23]))
  }

  private static let day = SampleRequest.day

  private mutating func facts(_ input: inout RequestInput) {
    if random.chance(3, in: 4) { input.metadata["flag_a"] = flag() }
    if random.chance(3, in: 4) { input.metadata["flag_b"] = flag() }
    if random.chance(3, in: 4) { input.metadata["amount"] = count() }
    if random.chance(1, in: 2) { input.headers["x-size"] = String(near(PolicyGenerator.counts)) }
    if random.chance(3, in: 4) {
      input.metadata["colour"] = .text(random.pick(PolicyGenerator.labels))
    }
    input.keyFacts["tone"] = .text(random.pick(PolicyGenerator.labels))
    if random.chance(3, in: 4) { input.metadata["label"] = .text(name()) }
    input.metadata["topic"] = .text(name())
    if random.chance(1, in: 100) { spoil(&input) }
  }

  /// Breaks a fact: missing, of another kind, or outside its type.
  private mutating func spoil(_ input: inout RequestInput) {
    switch random.below(6) {
    case 0: input.metadata["topic"] = nil
    case 1: input.keyFacts["tone"] = .text("pink")
    case 2: input.metadata["flag_a"] = .integer(1)
    case 3: input.metadata["amount"] = .integer(-1)
    case 4: input.headers["x-size"] = "+5"
    default: input.metadata["topic"] = .other(kind: "null")
    }
  }

  private mutating func flag() -> GivenFact {
    random.pick([.bool(true), .bool(false), .text("true"), .text("false")])
  }

  private mutating func count() -> GivenFact {
    let number = near(PolicyGenerator.counts)
    return random.chance(1, in: 4) ? .text(String(number)) : .integer(number)
  }

  private mutating func name() -> String {
    // The last is the second in other code points: equal to the eye, not byte for byte.
    random.pick(PolicyGenerator.texts + ["gamma", "e\u{301}pe\u{301}e"])
  }

  private mutating func person() -> String? {
    random.chance(1, in: 4) ? nil : random.pick(PolicyGenerator.people + ["zoe"])
  }

  private mutating func state(_ input: inout RequestInput) {
    for model in 0..<3 where random.chance(1, in: 4) {
      input.state.unhealthy.insert(ModelID(model))
    }
    let caps: [Int64] = [10_000_000_000, 20, 1_000, 4]
    for (budget, cap) in caps.enumerated() where random.chance(3, in: 4) {
      let share = random.pick([0, 10, 25, 50, 80, 100, 130] as [Int64])
      let off = Int64(random.below(3)) - 1
      input.state.budgetUse[BudgetID(budget)] = max(0, cap * share / 100 + off)
    }
    for classifier in 0..<classifiers where random.chance(2, in: 3) {
      input.state.classifiers[ClassifierID(classifier)] = random.below(3)
    }
  }

  /// One of the values, or one beside it.
  private mutating func near(_ values: [Int]) -> Int64 {
    Int64(max(0, random.pick(values) + random.below(3) - 1))
  }
}
