package import PolicyUnits
package import RoutingRuntime

/// What of a shared call each of its requests pays.
///
/// Tokens of the prompt are shared by the tokens of the questions, tokens of the answer by the tokens
/// of the answers, money by what the tokens of a share cost; each by largest remainder, the earlier
/// request first where remainders are equal. Shares are whole and add up to the bill: tokens kind by
/// kind, money to the nano-unit, its kinds to the pico-unit.
///
/// No share is above what its request set aside, as long as all that was set aside covers the bill:
/// what would be above it is shared by the others in the same way.
package struct BatchShares {
  /// What one request weighs, and what it may pay at most.
  package struct Part: Sendable {
    /// Of its question; at least one.
    package var input: Int64
    /// Of its answer; zero for one that got none.
    package var output: Int64
    /// What it set aside; nil if nothing bounds it.
    package var money: Money?
    package var tokens: Int64?

    package init(input: Int64, output: Int64, money: Money?, tokens: Int64?) {
      self.input = max(1, input)
      self.output = max(0, output)
      self.money = money
      self.tokens = tokens
    }
  }

  /// One share for each part, in their order.
  ///
  /// O(parts² ) at worst, where many are at their most.
  package static func of(_ bill: CallBill, among parts: [Part]) -> [CallBill] {
    guard !parts.isEmpty else { return [] }
    let inputs = parts.map { Int128($0.input) }
    let outputs = parts.contains { $0.output > 0 } ? parts.map { Int128($0.output) } : inputs
    let usages = bill.usage.map { usage in
      split(usage, inputs, outputs, caps: caps(parts.map(\.tokens)))
    }
    let money = bill.cost.money.map { money in
      let weights = bill.parts.map { weigh($0, inputs, outputs) } ?? parts.map { weight($0) }
      return Split.of(money.nanos, by: weights, atMost: caps(parts.map { $0.money?.nanos }))
    }
    let kinds = money.flatMap { money in bill.parts.flatMap { split($0, money) } }
    let counts = bill.tokens.tokens.map { tokens in
      Split.of(tokens, by: inputs, atMost: caps(parts.map(\.tokens)))
    }
    return parts.indices.map { place in
      var share = CallBill(cost: .unknown, tokens: .unknown)
      share.usage = usages?[place]
      share.parts = kinds?[place]
      if let money {
        let part = Money(nanos: money[place])
        share.cost =
          switch bill.cost {
          case .exact: .exact(part)
          case .atMost, .unknown: .atMost(part)
          }
      }
      if let usage = usages?[place] {
        share.tokens = .exact(usage.tokens)
      } else if let counts {
        share.tokens =
          switch bill.tokens {
          case .exact: .exact(counts[place])
          case .atMost, .unknown: .atMost(counts[place])
          }
      }
      return share
    }
  }

  /// Without figures a bound is shared by what each set aside.
  private static func weight(_ part: Part) -> Int128 {
    Int128(part.money?.nanos ?? part.tokens ?? part.input)
  }

  private static func caps(_ all: [Int64?]) -> [Int64]? {
    let known = all.compactMap(\.self)
    return known.count == all.count ? known : nil
  }

  /// What the tokens of each share cost, in pico-units.
  private static func weigh(
    _ cost: CostByKind, _ inputs: [Int128], _ outputs: [Int128]
  ) -> [Int128] {
    let read = cost.input + cost.cachedInput + cost.cacheWrite + cost.cacheWriteLong + cost.fee
    let wrote = cost.output + cost.reasoning
    let first = Split.of(Int64(clamping: read), by: inputs)
    let second = Split.of(Int64(clamping: wrote), by: outputs)
    return zip(first, second).map { Int128($0) + Int128($1) }
  }

  // MARK: Tokens

  private static func split(
    _ usage: Usage, _ inputs: [Int128], _ outputs: [Int128], caps: [Int64]?
  ) -> [Usage] {
    let fresh = usage.input - usage.cachedInput - usage.cacheWrite - usage.cacheWriteLong
    let kinds = [fresh, usage.cachedInput, usage.cacheWrite, usage.cacheWriteLong]
    let rest = [usage.output - usage.reasoning, usage.reasoning]
    var columns = kinds.map { Split.of($0, by: inputs) } + rest.map { Split.of($0, by: outputs) }
    let rows = inputs.indices.map { place in columns.reduce(Int128(0)) { $0 + Int128($1[place]) } }
    if let caps, zip(rows, caps).contains(where: { $0 > Int128($1) }) {
      let most = Split.of(usage.tokens, by: rows, atMost: caps)
      if let table = Split.table(
        rows: most.map { Int128($0) }, columns: (kinds + rest).map { Int128($0) })
      {
        columns = (kinds + rest).indices.map { kind in table.map { Int64(clamping: $0[kind]) } }
      }
    }
    return inputs.indices.map { place in
      Usage(
        input: columns[0][place] + columns[1][place] + columns[2][place] + columns[3][place],
        cachedInput: columns[1][place], cacheWrite: columns[2][place],
        cacheWriteLong: columns[3][place], output: columns[4][place] + columns[5][place],
        reasoning: columns[5][place])
    }
  }

  // MARK: Money by kind

  /// Nil where the sum is beyond what can be shared exactly.
  private static func split(_ cost: CostByKind, _ money: [Int64]) -> [CostByKind]? {
    let kinds = [
      cost.input, cost.cachedInput, cost.cacheWrite, cost.cacheWriteLong, cost.output,
      cost.reasoning, cost.fee,
    ]
    var rows = money.map { Int128($0) * 1000 }
    // The bill was rounded up once: the share of whoever pays most is what was rounded.
    let rounded = rows.reduce(0, +) - kinds.reduce(0, +)
    guard let most = rows.indices.max(by: { rows[$0] < rows[$1] }), rounded >= 0, rounded < 1000,
      rows[most] >= rounded
    else { return nil }
    rows[most] -= rounded
    return Split.table(rows: rows, columns: kinds)?.map { row in
      CostByKind(
        input: row[0], cachedInput: row[1], cacheWrite: row[2], cacheWriteLong: row[3],
        output: row[4], reasoning: row[5], fee: row[6], isExact: cost.isExact)
    }
  }
}
