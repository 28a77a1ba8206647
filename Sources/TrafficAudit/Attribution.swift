import RoutingRuntime

/// Goes from what one time cost to what the other cost, one cause after the other.
///
/// Each step is a whole cost: the earlier time's with one more thing as in the later time. What a cause
/// makes is the difference of two steps, so the parts add up exactly, whatever the rounding. Amounts are in
/// parts of a pico (2^-16), so that a mean's rounding never reaches a nano.
struct Attribution {
  private let before: PeriodBook
  private let after: PeriodBook
  private let models: (Int) -> AuditPrices.Model?
  private let levels: (before: [Int: PriceLevel], after: [Int: PriceLevel])

  /// What a model's calls cost against the catalog's prices.
  private struct PriceLevel {
    /// In nanos.
    let paid: Int128
    /// In picos.
    let reference: Int128
    let calls: Int64

    /// Whether it is the catalog's prices that were paid: each bill is rounded up to a nano.
    private var isListed: Bool {
      paid * 1000 >= reference && paid * 1000 < reference + Int128(calls) * 1000
    }

    func applied(to picos: Int128) -> Int128 {
      guard reference > 0, !isListed else { return picos << 16 }
      return Attribution.share(paid * 1000, picos << 16, reference)
    }
  }

  init(before: PeriodBook, after: PeriodBook, models: @escaping (Int) -> AuditPrices.Model?) {
    self.before = before
    self.after = after
    self.models = models
    levels = (Self.levels(before), Self.levels(after))
  }

  private static func levels(_ book: PeriodBook) -> [Int: PriceLevel] {
    var sums: [Int: PeriodBook.Cell] = [:]
    for asked in book.demands.values {
      for (key, cell) in asked.cells where key.isSplit {
        sums[key.model] = (sums[key.model] ?? PeriodBook.Cell()) + cell
      }
    }
    return sums.filter { $0.value.reference > 0 }
      .mapValues { PriceLevel(paid: $0.cost, reference: $0.reference, calls: $0.calls) }
  }

  /// The parts, but for the rest: that is what is left of the difference.
  func parts() -> [AuditComparison.Part] {
    var steps = Array(repeating: Int128(0), count: 9)
    for demand in Set(before.demands.keys).union(after.demands.keys) {
      let own = Self.steps(
        before.demands[demand] ?? PeriodBook.Asked(), after.demands[demand] ?? PeriodBook.Asked(),
        self)
      for place in steps.indices { steps[place] &+= own[place] }
    }
    let nanos = steps.map(Self.nanos)
    let causes: [AuditComparison.Cause] = [
      .volume, .caches, .besides, .routing, .prompt, .lengths, .prices, .unsplit,
    ]
    var parts = causes.enumerated().map { place, cause in
      AuditComparison.Part(cause: cause, nanos: nanos[place + 1] &- nanos[place])
    }
    let told = parts.reduce(Int128(0)) { $0 &+ $1.nanos }
    parts.append(
      AuditComparison.Part(cause: .rest, nanos: after.total &- before.total &- told))
    return parts
  }

  /// To the nearest nano.
  private static func nanos(_ fine: Int128) -> Int128 {
    let unit: Int128 = 1000 << 16
    let shifted = fine &+ unit / 2
    let (quotient, remainder) = shifted.quotientAndRemainder(dividingBy: unit)
    return remainder < 0 ? quotient - 1 : quotient
  }

  // MARK: One task of one tenant

  private static func steps(
    _ old: PeriodBook.Asked, _ new: PeriodBook.Asked, _ all: Attribution
  ) -> [Int128] {
    let oldCalls = all.paid(old, all.levels.before)
    let newCalls = all.paid(new, all.levels.after)
    let oldWhole = oldCalls &+ fine(old.hitCost + old.beside)
    let newWhole = newCalls &+ fine(new.hitCost + new.beside)
    // What nobody asked before is volume, whole; so is what nobody asks any more.
    guard old.requests > 0, new.requests > 0 else {
      return [oldWhole] + Array(repeating: newWhole, count: 8)
    }
    var steps = [oldWhole, share(oldWhole, new.requests, old.requests)]
    let hits = fine(new.hitCost)
    guard old.calls > 0 else {
      return steps + [hits &+ newCalls &+ fine(new.beside)] + Array(repeating: newWhole, count: 6)
    }
    steps.append(hits &+ share(oldCalls &+ fine(old.beside), new.calls, old.calls))
    let beside = fine(new.hitCost + new.beside)
    steps.append(share(oldCalls, new.calls, old.calls) &+ beside)
    let ways = all.ways(old, new)
    steps.append(ways.routed &+ beside)
    steps.append(ways.prompted &+ beside)
    steps.append(ways.lengthened &+ beside)
    steps.append(ways.priced &+ beside)
    steps.append(newCalls &+ beside)
    return steps
  }

  private static func fine(_ nanos: Int128) -> Int128 { Wide.product(nanos, 1000 << 16) }

  private static func share(
    _ whole: Int128, _ part: some BinaryInteger, _ of: some BinaryInteger
  ) -> Int128 { Wide.share(whole, part, of) }

  /// What the calls that answered cost, at the level of their model's prices.
  private func paid(_ asked: PeriodBook.Asked, _ levels: [Int: PriceLevel]) -> Int128 {
    asked.cells.reduce(0) { $0 &+ paid($1.value, $1.key, levels) }
  }

  private func paid(
    _ cell: PeriodBook.Cell, _ key: PeriodBook.CellKey, _ levels: [Int: PriceLevel]
  ) -> Int128 {
    guard key.isSplit, let level = levels[key.model] else { return Self.fine(cell.cost) }
    return level.applied(to: cell.reference)
  }

  /// The level of a model before; where nobody asked it before, that of now.
  private func level(_ model: Int) -> PriceLevel? { levels.before[model] ?? levels.after[model] }

  private struct Ways {
    var routed: Int128 = 0
    var prompted: Int128 = 0
    var lengthened: Int128 = 0
    var priced: Int128 = 0
  }

  private func ways(_ old: PeriodBook.Asked, _ new: PeriodBook.Asked) -> Ways {
    var ways = Ways()
    let routes = Set(new.cells.keys.map { Route(model: $0.model, isSplit: $0.isSplit) })
    for route in routes {
      guard let now = new.cells(of: route.model, isSplit: route.isSplit) else { continue }
      let known = old.cells(of: route.model, isSplit: route.isSplit)
      let routed = routed(route, known, now, old, new)
      ways.routed &+= routed
      let cells = new.cells.filter {
        $0.key.model == route.model && $0.key.isSplit == route.isSplit
      }
      for (key, cell) in cells {
        let prompted =
          prompted(key, cell, known, old)
          ?? Self.share(routed, cell.calls, now.calls)
        ways.prompted &+= prompted
        let lengthened = key.isSplit ? level(key.model)?.applied(to: cell.reference) : nil
        ways.lengthened &+= lengthened ?? prompted
        let priced = key.isSplit ? levels.after[key.model]?.applied(to: cell.reference) : nil
        ways.priced &+= priced ?? lengthened ?? prompted
      }
    }
    return ways
  }

  private struct Route: Hashable {
    let model: Int
    let isSplit: Bool
  }

  /// Today's calls to a model as the same requests were before.
  private func routed(
    _ route: Route, _ known: PeriodBook.Cell?, _ now: PeriodBook.Cell, _ old: PeriodBook.Asked,
    _ new: PeriodBook.Asked
  ) -> Int128 {
    if let known {
      let cost = old.cells.filter { $0.key.model == route.model && $0.key.isSplit == route.isSplit }
        .reduce(Int128(0)) { $0 &+ paid($1.value, $1.key, levels.before) }
      return Self.share(cost, now.calls, known.calls)
    }
    if route.isSplit, let all = old.split(),
      let cost = cost(all.tokens, all.calls, at: route.model, asIn: now)
    {
      return Self.share(cost, now.calls, all.calls)
    }
    return new.cells.filter { $0.key.model == route.model && $0.key.isSplit == route.isSplit }
      .reduce(Int128(0)) { $0 &+ paid($1.value, $1.key, levels.after) }
  }

  /// Today's calls with one prompt as they were before, but for what the prompt changes; nil where that
  /// cannot be told.
  private func prompted(
    _ key: PeriodBook.CellKey, _ now: PeriodBook.Cell, _ known: PeriodBook.Cell?,
    _ old: PeriodBook.Asked
  ) -> Int128? {
    if let same = old.cells[key] {
      return Self.share(paid(same, key, levels.before), now.calls, same.calls)
    }
    guard key.isSplit else { return nil }
    if let same = old.split(prompt: key.prompt) {
      return cost(same.tokens, same.calls, at: key.model, asIn: now)
        .map { Self.share($0, now.calls, same.calls) }
    }
    // A prompt nobody had before: its input as it is, its answers as long as they were.
    guard let answers = known ?? old.split(), answers.calls > 0 else { return nil }
    let output = Int128(answers.tokens.output) * Int128(now.calls) / Int128(answers.calls)
    let tokens = TokenSum(
      input: now.tokens.input, cached: now.tokens.cached, output: Int64(clamping: output))
    return cost(tokens, now.calls, at: key.model, asIn: now)
  }

  /// What calls with these tokens would cost at a model that `now` was made to.
  ///
  /// A sum of tokens does not tell how long each call is. Where the model has other prices for long ones,
  /// the sum is as much dearer than without them as today's calls are: exact for tokens as they are now.
  private func cost(
    _ tokens: TokenSum, _ calls: Int64, at model: Int, asIn now: PeriodBook.Cell
  ) -> Int128? {
    guard let listed = models(model), let level = level(model),
      let short = listed.picos(tokens, calls: calls)
    else { return nil }
    guard let shortNow = listed.picos(now.tokens, calls: now.calls), shortNow != now.reference
    else {
      return level.applied(to: short)
    }
    let picos =
      shortNow > 0
      ? Self.share(short, now.reference, shortNow) : Self.share(now.reference, calls, now.calls)
    return level.applied(to: picos)
  }
}
