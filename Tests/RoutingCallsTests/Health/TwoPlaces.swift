import PolicyUnits
import RoutingHealth
import StandInProvider

/// A model at two places of one stand-in, which knows them apart by their names: `near`, with three
/// parts of four, and `far`.
enum TwoPlaces {
  static let models = model()

  static func model(limits: String = "", more: String = "") -> String {
    """
      spread:
        deployments:
          - {provider: one, upstream: near, weight: 3\(limits)}
          - {provider: one, upstream: far, weight: 1}
        window: 32k
        max_output: 2k
        tokenizer: qwen
        prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
    \(more)
    """
  }

  /// Health whose circuits take a tenth of the usual time.
  static func quick(failures: Int64 = 5) -> UpstreamHealth {
    var rules = HealthBook.Rules()
    rules.circuit = Circuit.Rules(failures: failures, pause: Milliseconds(400))
    return UpstreamHealth(rules)
  }

  /// Health that never opens a circuit.
  static func patient() -> UpstreamHealth { quick(failures: .max) }
}

extension Stats {
  func calls(to model: String) -> Int { models[model]?.calls ?? 0 }
}
