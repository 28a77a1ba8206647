extension PolicyGenerator {
  /// `and`, `or`, `not` and tests, nested at most this deep.
  mutating func condition(depth: Int) -> String {
    if depth == 0 || random.chance(1, in: 4) { return negated(test()) }
    let word = random.chance(3, in: 5) ? " and " : " or "
    var parts: [String] = []
    for _ in 0..<(2 + random.below(2)) {
      if depth > 1, random.chance(1, in: 3) {
        let inner = "(" + condition(depth: depth - 1) + ")"
        parts.append(random.chance(1, in: 3) ? "not " + inner : inner)
      } else {
        parts.append(negated(test()))
      }
    }
    return parts.joined(separator: word)
  }

  /// A condition over cheap fields alone, as long lists of routes have them.
  mutating func listCondition() -> String {
    var parts = (0..<(1 + random.below(4))).map { _ in PlainTerm.write(&random) }
    if random.chance(1, in: 6) { parts.append(negated(test())) }
    if parts.count > 2, random.chance(1, in: 3) {
      return "(" + parts[0] + " or " + parts[1] + ") and "
        + parts.dropFirst(2).joined(separator: " and ")
    }
    return parts.joined(separator: random.chance(4, in: 5) ? " and " : " or ")
  }

  private mutating func negated(_ test: Test) -> String {
    test.takesNot && random.chance(1, in: 5) ? "not " + test.text : test.text
  }

  /// `not` never stands before a comparison.
  struct Test {
    let text: String
    let takesNot: Bool

    init(_ text: String, takesNot: Bool = false) {
      self.text = text
      self.takesNot = takesNot
    }
  }

  mutating func test() -> Test {
    switch random.below(12) {
    case 0, 1, 2: return Test(PlainTerm.write(&random))
    case 3, 4, 5: return textTest()
    case 6: return Test(measure())
    case 7: return named() ?? textTest()
    case 8: return Test(pointsTest() ?? PlainTerm.write(&random))
    case 9: return Test(taskTest() ?? PlainTerm.write(&random))
    case 10: return Test(classifierTest() ?? budgetTest())
    default: return Test(budgetTest())
    }
  }

  private mutating func named() -> Test? {
    guard !scope.conditions.isEmpty else { return nil }
    return Test(random.pick(scope.conditions), takesNot: true)
  }

  private mutating func pointsTest() -> String? {
    guard let name = scope.points.isEmpty ? nil : random.pick(scope.points),
      let total = totals[name]
    else { return nil }
    let number = 1 + random.below(total - 1)
    let comparison = random.pick(["=", "!=", "<", "<=", ">", ">="])
    return "\(name) \(comparison) \(number)"
  }

  private mutating func taskTest() -> String? {
    guard scope.tasks.count > 1 else { return nil }
    return "task " + Words.equality(scope.tasks, quoted: false, &random)
  }

  private mutating func classifierTest() -> String? {
    guard !scope.classifiers.isEmpty else { return nil }
    return random.pick(scope.classifiers) + " "
      + Words.equality(PolicyGenerator.subjects, quoted: false, &random)
  }

  private mutating func budgetTest() -> String {
    let comparison = random.pick(["<", "<=", ">", ">="])
    let side = random.pick(["used", "left"])
    let name = random.pick(scope.budgets)
    if random.chance(1, in: 2) {
      return "\(name).\(side) \(comparison) \(random.pick([10, 25, 50, 80]))%"
    }
    let amount =
      switch name {
      case "house": "$\(random.pick(["2.50", "5", "8"]))"
      case "rate": "\(random.pick([2, 5, 10, 16]))"
      case "flow": "\(random.pick([100, 250, 500, 800]))"
      default: "\(random.pick([1, 2, 3]))"
      }
    return "\(name).\(side) \(comparison) \(amount)"
  }

  private mutating func textTest() -> Test {
    let part = random.pick(["prompt", "system", "question", "context"])
    switch random.below(5) {
    case 0, 1:
      return Test("\(part) mentions " + Words.list(TextPool.keywords, &random), takesNot: true)
    case 2:
      return Test("\(part) contains " + Words.list(TextPool.pieces, &random), takesNot: true)
    case 3:
      return random.chance(1, in: 2)
        ? Test("\(part) starts with \"\(random.pick(TextPool.starts))\"", takesNot: true)
        : Test("\(part) matches /\(random.pick(TextPool.patterns))/", takesNot: true)
    default:
      let features = TextPool.features
      let picked = random.chance(1, in: 3) ? random.some(features) : [random.pick(features)]
      return Test("\(part) has (" + picked.joined(separator: ", ") + ")", takesNot: true)
    }
  }

  private mutating func measure() -> String {
    let part = random.pick(["prompt", "system", "question", "context"])
    let comparison = random.pick(["=", "!=", "<", "<=", ">", ">="])
    return switch random.below(4) {
    case 0: "\(part).chars \(comparison) \(random.pick(TextPool.lengths)) chars"
    case 1: "\(part).tokens \(comparison) \(random.pick([3, 8, 12, 30, 60])) tokens"
    case 2: "\(part).lines \(comparison) \(random.pick([1, 2, 3, 5])) lines"
    default: "language " + Words.equality(["en", "de", "fr", "unknown"], quoted: true, &random)
    }
  }
}
