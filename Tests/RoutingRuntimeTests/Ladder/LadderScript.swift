import PolicySemantics
import PolicySyntax
import PolicyUnits
import RoutingRuntime

/// A climb and what happens on it, read from text; see `Corpus/ladders.txt`.
struct LadderScript {
  var climb = Climb(legs: [])
  var names: [String] = []
  var gates: [String] = []
  var events: [(LadderEvent, at: Milliseconds)] = []

  struct Malformed: Error, CustomStringConvertible {
    let description: String
  }

  init(_ text: String) throws {
    for line in text.split(separator: "\n") {
      var words = Words(line)
      switch words.next() {
      case "budget": climb.bounds.append(.ladder(LadderID(0), try words.money()))
      case "limit":
        climb.tokenBounds.append(TokenBound(budget: BudgetID(0), left: try words.integer()))
      case "streams": climb.streams = true
      case "leg": climb.legs.append(try leg(&words))
      case "step": try addStep(&words)
      default:
        var words = Words(line)
        try addEvent(&words)
      }
    }
  }

  private mutating func leg(_ words: inout Words) throws -> Climb.Leg {
    var leg = Climb.Leg(steps: [])
    while let word = words.next() {
      switch word {
      case "on":
        let kinds = try words.required().split(separator: ",")
        leg.follows = Set(kinds.compactMap { CallFailure(rawValue: String($0)) })
      case "any": leg.follows = [.unavailable, .limited, .tooLong]
      case "best": leg.rules.onExhausted = .best
      case "last": leg.rules.onExhausted = .last
      case "climb": leg.rules.climbsWhenFiltered = true
      case "stop": leg.rules.stopsWhenFailed = true
      case "time": leg.rules.maxTime = Milliseconds(try words.integer())
      case "start": leg.start = Int(try words.integer())
      case "budget": leg.bound = .ladder(LadderID(1), try words.money())
      default: throw Malformed(description: "leg \(word)")
      }
    }
    return leg
  }

  private mutating func addStep(_ words: inout Words) throws {
    let name = try words.required()
    names.append(name)
    var prices = ModelPrices()
    var step = Climb.Step(
      call: names.count - 1, model: ModelID(names.count - 1), tariff: Tariff(prices),
      inputBound: 0, outputCap: nil)
    while let word = words.next() {
      switch word {
      case "in": prices.input = try words.price()
      case "out": prices.output = try words.price()
      case "bound": step.inputBound = try words.integer()
      case "cap": step.outputCap = try words.integer()
      case "min": step.minOutput = try words.integer()
      case "attempts": step.attempts = Int(try words.integer())
      case "timeout": step.timeout = Milliseconds(try words.integer())
      case "images": step.isBounded = false
      case "gate": step.accepts.append(try pass(&words))
      case "tolerant": step.accepts[step.accepts.count - 1].acceptsOnFailure = true
      case "charge":
        step.accepts[step.accepts.count - 1].charge = .atMost(try words.money())
      case "tokens": step.accepts[step.accepts.count - 1].tokens = try words.integer()
      case "endless": step.accepts[step.accepts.count - 1].tokens = nil
      case "unpriced": step.accepts[step.accepts.count - 1].charge = .unknown
      case "window": step.dropped = .windowTooSmall(least: 9000, window: 8000)
      case "guarded": step.dropped = .lacks(.tools)
      default: throw Malformed(description: "step \(word)")
      }
    }
    step.tariff = Tariff(prices)
    guard !climb.legs.isEmpty else { throw Malformed(description: "a step without a leg") }
    climb.legs[climb.legs.count - 1].steps.append(step)
  }

  private mutating func pass(_ words: inout Words) throws -> Climb.Pass {
    let text = try words.required()
    for comparison in [Comparison.greaterOrEqual, .lessOrEqual] {
      let parts = text.split(separator: comparison.rawValue)
      guard parts.count == 2, let score = Decimal(parts[1])?.scaled(by: 6) else { continue }
      return Climb.Pass(
        gate: gate(String(parts[0])),
        threshold: .init(comparison: comparison, score: Score(millionths: score)))
    }
    return Climb.Pass(gate: gate(text))
  }

  private mutating func gate(_ name: String) -> GateID {
    if let index = gates.firstIndex(of: name) { return GateID(index) }
    gates.append(name)
    return GateID(gates.count - 1)
  }

  private mutating func addEvent(_ words: inout Words) throws {
    let at = Milliseconds(words.instant ?? 0)
    switch try words.required() {
    case "answer":
      var answer = AnswerFacts(text: "answer")
      while let word = words.next() {
        if word == "filtered" { answer.finish = .contentFilter } else { answer.usage = usage(word) }
      }
      events.append((.answered(answer), at))
    case "fail": events.append((.failed(try fault(&words)), at))
    case "gate":
      let result = try result(try words.required())
      var (billed, tokens): (Money?, Int64?)
      while let word = words.next() {
        if word == "billed" { billed = try words.money() } else { tokens = try words.integer() }
      }
      events.append((.gate(result, billed: billed, tokens: tokens), at))
    case "time": events.append((.timeUp(.unknown), at))
    case "cancel": events.append((.cancelled(.unknown), at))
    case let word: throw Malformed(description: "event \(word)")
    }
  }

  private func fault(_ words: inout Words) throws -> CallFault {
    guard let kind = CallFailure(rawValue: try words.required()) else {
      throw Malformed(description: "failure")
    }
    var fault = CallFault(kind)
    while let word = words.next() {
      switch word {
      case "free": fault.billing = .nothing
      case "silent": fault.isRepeatable = false
      case "sent": fault.afterFirstByte = true
      case "after": fault.retryAfter = Milliseconds(try words.integer())
      default: fault.billing = usage(word).map(Billing.usage) ?? .unknown
      }
    }
    return fault
  }

  private func result(_ word: String) throws -> GateResult {
    switch word {
    case "yes": return .verdict(true)
    case "no": return .verdict(false)
    case "failed": return .failed
    default:
      guard let score = Decimal(word)?.scaled(by: 6) else { throw Malformed(description: word) }
      return .score(Score(millionths: score))
    }
  }

  private func usage(_ word: String) -> Usage? {
    let parts = word.split(separator: "/").compactMap { Int64($0) }
    return parts.count == 2 ? Usage(input: parts[0], output: parts[1]) : nil
  }
}

/// The words of one line, taken from the front.
struct Words {
  private var words: ArraySlice<Substring>
  /// The milliseconds of a leading `@500`.
  let instant: Int64?

  init(_ line: Substring) {
    let words = line.split(separator: " ")
    if let first = words.first, first.hasPrefix("@") {
      instant = Int64(first.dropFirst())
      self.words = words.dropFirst()
    } else {
      instant = nil
      self.words = words[...]
    }
  }

  mutating func next() -> String? { words.popFirst().map(String.init) }

  mutating func required() throws -> String {
    guard let word = next() else { throw LadderScript.Malformed(description: "a word is missing") }
    return word
  }

  mutating func integer() throws -> Int64 {
    let word = try required()
    guard let value = Int64(word) else { throw LadderScript.Malformed(description: word) }
    return value
  }

  /// Dollars.
  mutating func money() throws -> Money {
    let word = try required()
    guard let nanos = Decimal(word)?.scaled(by: 9) else {
      throw LadderScript.Malformed(description: word)
    }
    return Money(nanos: nanos)
  }

  /// Dollars per million tokens.
  mutating func price() throws -> Price {
    let word = try required()
    guard let picos = Decimal(word)?.scaled(by: 6) else {
      throw LadderScript.Malformed(description: word)
    }
    return Price(picosPerToken: picos)
  }
}
