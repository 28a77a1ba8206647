package import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What everything would have cost on one model.
package struct SingleModel: Sendable {
  package let model: ModelID
  let tariff: Tariff
  /// The longest answer it gives, in tokens.
  private let cap: Int64?
  private var sum: Int128 = 0
  /// Whether every request so far has a price.
  private var isKnown: Bool

  /// Stands for the place of a model the catalog does not have.
  static let none = -1

  /// Nanos of money; nil once a request has no price, or costs more than one ``Money`` holds.
  package var cost: Int128? { isKnown ? sum : nil }

  init(_ model: FrozenModel) {
    self.model = model.id
    tariff = model.tariff
    cap = model.maxOutput
    isKnown = model.tariff.isKnown
  }

  /// Adds a request that allows so much output; the model's own cap holds for each answer too.
  mutating func add(_ usage: Usage, within asked: AskedOutput) {
    guard isKnown else { return }
    var usage = usage
    usage.output = min(usage.output, asked.sum(cap), asked.most)
    guard let cost = tariff.cost(of: usage), cost.nanos < .max else {
      isKnown = false
      return
    }
    sum += Int128(cost.nanos)
  }
}
