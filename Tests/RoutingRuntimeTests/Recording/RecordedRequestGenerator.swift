import PolicyGraph
import PolicySemantics
import PolicyUnits

/// Requests at random, with values at the limits the generated policies have.
struct RecordedRequestGenerator {
  var random: SeededGenerator
  let policy: CheckedPolicy

  static let texts = [
    "", "I want a REFUND for order 12345", "Refund  policy?", "Where is Paris in all this?",
    "épée or e\u{301}pe\u{301}e, that is the question", "Die Straße nach Paris ist lang.",
    "```swift\nlet x = 1\n```", "write to ada@example.com or https://example.com",
    "money\nback, please: my onder is 42 days late\n", "short", "{\"a\": [1, 2, 3]}",
    "my key is sk-proj-4f9aK2mQ7vT1xZ8bC3nL6pR0",
  ]

  mutating func request() -> RequestInput {
    var input = RequestInput(moment: moment())
    input.model = pick(["auto", "auto", "large", "gpt-9"])
    input.stream = random.oneIn(3)
    input.maxTokens = random.oneIn(2) ? nil : pick([0, 100, 400, 401, 100_000])
    input.choices = pick([1, 1, 1, 3, 128])
    input.temperature = random.oneIn(2) ? nil : 700_000
    input.format = pick(RequestFormat.allCases)
    if random.oneIn(4) { input.toolNames = ["search", "sum"] }
    if !input.toolNames.isEmpty || random.oneIn(4) { input.schemaBytes = pick([0, 37, 5_000]) }
    if random.oneIn(6) { input.imageCount = 2 }
    input.messages = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      let text = pick(Self.texts)
      return .init(
        role: pick(RequestInput.Role.allCases),
        text: random.oneIn(8) ? String(repeating: text + " ", count: 40) : text)
    }
    if random.oneIn(2) { input.metadata["plan"] = .text(pick(["free", "pro", "team"])) }
    if random.oneIn(2) { input.metadata["vip"] = .bool(random.oneIn(2)) }
    if random.oneIn(2) { input.metadata["seats"] = .integer(pick([0, 1, 2, 3, .max])) }
    if random.oneIn(2) { input.metadata["label"] = .text(pick(["none", "blue", "a \"text\""])) }
    if random.oneIn(2) { input.keyFacts["tone"] = .text(pick(["calm", "loud"])) }
    input.tenant = person()
    input.user = person()
    input.key = person()
    input.conversation = person()
    state(&input)
    return input
  }

  private mutating func state(_ input: inout RequestInput) {
    for (index, budget) in policy.budgets.enumerated() where random.oneIn(3) {
      let cap = budget.cap.amount
      input.state.budgetUse[BudgetID(index)] = pick([0, 1, cap / 3, cap / 2, cap / 2, cap])
    }
    for model in policy.vocabulary.models.indices where random.oneIn(4) {
      input.state.unhealthy.insert(ModelID(model))
    }
    if random.oneIn(2) {
      let models = policy.vocabulary.models.count
      input.state.lastModel = ModelID(Int.random(in: 0..<models, using: &random))
    }
    for index in policy.classifiers.indices where random.oneIn(2) {
      input.state.classifiers[ClassifierID(index)] = Int.random(in: 0..<3, using: &random)
    }
  }

  private mutating func moment() -> LocalMoment {
    let days = 20_000 + Int64.random(in: 0...9, using: &random)
    guard let date = CalendarDate(daysSince1970: days) else {
      preconditionFailure("the date exists")
    }
    return LocalMoment(
      date: date, weekday: pick(Weekday.allCases), hour: Int.random(in: 0...23, using: &random))
  }

  private mutating func person() -> String? { random.oneIn(3) ? nil : pick(["ada", "bob"]) }

  private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }
}
