package import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What everything would have cost on one model.
package struct SingleModel: Sendable {
  package let model: ModelID
  /// Nanos of money; nil once a request has no price.
  package private(set) var cost: Int128?
  private let tariff: Tariff
  /// The longest answer it gives, in tokens.
  private let cap: Int64

  init(_ model: FrozenModel) {
    self.model = model.id
    tariff = model.tariff
    cap = model.maxOutput ?? .max
    cost = model.tariff.isKnown ? 0 : nil
  }

  /// Adds a request that allows so many tokens of answer; the model's own cap holds too.
  mutating func add(_ usage: Usage, atMost asked: Int64) {
    guard let sum = cost else { return }
    var usage = usage
    usage.output = min(usage.output, cap, asked)
    cost = tariff.cost(of: usage).map { sum + Int128($0.nanos) }
  }
}
