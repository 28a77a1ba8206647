package import PolicySemantics
import PolicyUnits
import RoutingRuntime

/// What everything would have cost on one model.
package struct SingleModel: Sendable {
  package let model: ModelID
  /// Nanos of money; nil once a request has no price.
  package private(set) var cost: Int128?
  private let tariff: Tariff

  init(_ model: FrozenModel) {
    self.model = model.id
    tariff = model.tariff
    cost = model.tariff.isKnown ? 0 : nil
  }

  mutating func add(_ usage: Usage) {
    guard let sum = cost else { return }
    cost = tariff.cost(of: usage).map { sum + Int128($0.nanos) }
  }
}
