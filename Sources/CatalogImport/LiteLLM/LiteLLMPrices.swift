import JSONReading
import PolicySemantics
import PolicyUnits

/// Collects the prices of one entry, exactly, and what else its bill depends on.
///
/// LiteLLM writes dollars a token as JSON numbers (`1.5e-07`). Times 10^12 they are pico-dollars a
/// token, whole numbers or refused; no floating point is involved.
struct LiteLLMPrices {
  let isEmbedder: Bool
  private(set) var prices = ModelPrices()
  private var written: [CostKey.PriceKind: String] = [:]
  private var steps: [Int64: [CostKey.PriceKind: Price]] = [:]
  /// Keys of thresholds that no step of a catalog can say.
  private var lostSteps: [String] = []
  private var others: [CostKey.Subject: [String]] = [:]
  private var tiers: [String] = []
  private var unknown: [String] = []
  private var imageTokens: [(key: String, price: Price)] = []

  init(isEmbedder: Bool) { self.isEmbedder = isEmbedder }

  /// Keys that price images otherwise than other input.
  var imagesApart: [String] {
    (others[.images] ?? []).filter { key in
      !imageTokens.contains { $0.key == key && $0.price == prices.input }
    }
  }

  mutating func read(_ key: String, _ value: JSONValue) throws(ImportRefusal) {
    guard let cost = CostKey(key) else {
      unknown.append(key)
      return
    }
    guard value.kind == .number else { return try readTable(key, cost, value) }
    guard case .price(let kind) = cost.subject, !cost.isOfTier else {
      let figure = value.scaled(by: 12)
      if let figure, figure.value < 0 { throw .negative(key: key) }
      // A number that does not fit is not zero either.
      if figure.map({ $0.value > 0 || !$0.isExact }) ?? true { note(key, cost, value) }
      return
    }
    if kind == .perRequest {
      prices.perRequest = Money(nanos: try exactly(key, value, places: 9))
      return
    }
    let price = Price(picosPerToken: try exactly(key, value, places: 12))
    if let threshold = cost.threshold {
      steps[threshold, default: [:]][kind] = price
      if isEmbedder || !Self.stepKinds.contains(kind) { lostSteps.append(key) }
    } else {
      try set(kind, price, key)
    }
  }

  /// Values that are tables: never a price of ours, and understood only under a few keys.
  private mutating func readTable(
    _ key: String, _ cost: CostKey, _ value: JSONValue
  ) throws(ImportRefusal) {
    let isTable = value.kind == .object || value.kind == .array
    switch cost.subject {
    case .search where isTable, .uplift where isTable:
      note(key, cost, value)
    case .tiers where isTable:
      others[.tiers, default: []].append(key)
    case .price, .images, .audio, .video, .otherAnswers, .otherMeasure, .search, .tools,
      .otherUnit, .uplift, .tiers:
      throw .wrongType(key: key, expected: "a number")
    }
  }

  private mutating func note(_ key: String, _ cost: CostKey, _ value: JSONValue) {
    if cost.isOfTier { return tiers.append(key) }
    if cost.subject == .images, key.hasSuffix("_token"),
      case (let picos, true)? = value.scaled(by: 12)
    {
      imageTokens.append((key, Price(picosPerToken: picos)))
    }
    others[cost.subject, default: []].append(key)
  }

  private func exactly(
    _ key: String, _ value: JSONValue, places: Int
  ) throws(ImportRefusal) -> Int64 {
    guard let (number, isExact) = value.scaled(by: places), number <= Self.largestFigure else {
      throw .tooLarge(key: key)
    }
    guard number >= 0 else { throw .negative(key: key) }
    guard isExact else {
      throw .tooFine(key: key, written: String(decoding: value.raw.prefix(40), as: UTF8.self))
    }
    return number
  }

  /// A catalog reads 18 digits.
  private static let largestFigure: Int64 = 999_999_999_999_999_999

  private mutating func set(
    _ kind: CostKey.PriceKind, _ price: Price, _ key: String
  ) throws(ImportRefusal) {
    // `cache_read_input_token_cost` and `input_cost_per_token_cache_hit` are one price.
    if let first = written[kind], prices[kind] != price { throw .conflict([first, key]) }
    written[kind] = key
    prices[kind] = price
  }

  /// The prices with their long-context steps, each complete.
  func finished() throws(ImportRefusal) -> ModelPrices {
    guard unknown.isEmpty else { throw .unknownPrices(unknown) }
    guard lostSteps.isEmpty else { throw .billedApart(lostSteps) }
    var complete = prices
    for (threshold, found) in steps.sorted(by: { $0.key < $1.key }) {
      guard let input = found[.input] else {
        throw .incompleteStep(threshold: threshold, missing: "input")
      }
      guard isEmbedder || found[.output] != nil else {
        throw .incompleteStep(threshold: threshold, missing: "output")
      }
      complete.longContext.append(
        LongContextStep(
          threshold: threshold, input: input, output: found[.output] ?? input,
          cachedInput: found[.cachedInput], cacheWrite: found[.cacheWrite],
          cacheWriteLong: found[.cacheWriteLong], appliesToWholeRequest: true))
    }
    return complete
  }

  /// The keys a chat's cost depends on and a catalog cannot say, in the order of their kinds.
  func billedApart(searchesAlways: Bool, answersOnlyText: Bool) -> [String] {
    var keys = (others[.otherMeasure] ?? []) + (others[.tiers] ?? [])
    if searchesAlways { keys += others[.search] ?? [] }
    if !answersOnlyText { keys += others[.otherAnswers] ?? [] }
    return keys
  }

  private static let stepKinds: Set<CostKey.PriceKind> = [
    .input, .output, .cachedInput, .cacheWrite, .cacheWriteLong,
  ]

  func notes(answersOnlyText: Bool) -> [ImportNote] {
    var notes: [ImportNote] = []
    if !imagesApart.isEmpty, !isEmbedder { notes.append(.imagesApart(imagesApart)) }
    if let keys = others[.audio] { notes.append(.audioApart(keys)) }
    if let keys = others[.video] { notes.append(.videoApart(keys)) }
    if answersOnlyText, let keys = others[.otherAnswers] { notes.append(.otherAnswers(keys)) }
    if !tiers.isEmpty { notes.append(.serviceTiers(tiers)) }
    if let keys = others[.search] { notes.append(.search(keys)) }
    if let keys = others[.tools] { notes.append(.tools(keys)) }
    if let keys = others[.otherUnit] { notes.append(.otherUnit(keys)) }
    if let keys = others[.uplift] { notes.append(.uplift(keys)) }
    return notes
  }
}
