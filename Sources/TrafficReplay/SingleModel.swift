package import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What everything would have cost on one model.
package struct SingleModel: Sendable {
  package let model: ModelID
  let tariff: Tariff
  /// The longest answer it gives, in tokens.
  private let cap: Int64?
  /// What prompt and answer may have together, in tokens.
  private let window: Int64
  private var sum: Int128 = 0
  private var taken: Int64 = 0
  /// Requests that are too long for it: they are in no cost.
  package private(set) var tooLong: Int64 = 0
  /// Requests whose logged answer is longer than it gives: they are counted at its cap.
  package private(set) var cut: Int64 = 0
  /// Whether every request so far has a price.
  private var isKnown: Bool

  /// Stands for the place of a model the catalog does not have.
  static let none = -1

  /// Nanos of money, of those it can take; nil once a request has no price, or costs more than one
  /// ``Money`` holds, and where it can take none.
  package var cost: Int128? { isKnown && (taken > 0 || tooLong == 0) ? sum : nil }

  init(_ model: FrozenModel) {
    self.model = model.id
    tariff = model.tariff
    cap = model.maxOutput
    window = model.window ?? .max
    isKnown = model.tariff.isKnown
  }

  /// Adds a request that allows so much output; the model's own cap holds for each answer too.
  mutating func add(_ usage: Usage, within asked: AskedOutput) {
    guard isKnown else { return }
    var usage = usage
    let asks = min(usage.output, asked.most)
    usage.output = min(asks, asked.sum(cap))
    guard usage.output <= window - usage.input || takes(usage, asked.choices) else {
      tooLong += 1
      return
    }
    taken += 1
    if asks > usage.output { cut += 1 }
    guard let cost = tariff.cost(of: usage), cost.nanos < .max else {
      isKnown = false
      return
    }
    sum += Int128(cost.nanos)
  }

  /// Of several answers each stands behind the prompt alone.
  private func takes(_ usage: Usage, _ choices: Int64) -> Bool {
    usage.output / choices <= window - usage.input
  }
}
