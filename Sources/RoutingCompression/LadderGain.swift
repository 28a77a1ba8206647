package import ContextCompression
package import PolicySemantics
package import PolicyUnits
package import RoutingRuntime

/// What a compression spares over the models a plan starts with, each as far as it is expected to be
/// asked.
package struct LadderGain: Sendable {
  /// At the model that is asked first.
  package let first: CompressionGain
  package let firstModel: ModelID
  /// Over all tiers; nil if the first model's price is unknown.
  package let expected: Money?

  package var pays: Bool { (expected?.nanos ?? 0) > 0 }

  /// Nil if the plan asks nobody.
  ///
  /// A tier whose acceptance nobody has measured lets none through where the next would gain, and all
  /// where it would lose.
  package init?(
    _ made: CompressedContext, of messages: [ContextMessage], plan: Plan, in policy: CheckedPolicy
  ) {
    guard let leg = plan.first?.step.leg else { return nil }
    let calls = plan.answering.filter { $0.step.leg == leg }
    guard let firstModel = calls.first?.model else { return nil }
    first = CompressionGain(made, of: messages, at: policy[firstModel])
    self.firstModel = firstModel
    /// How many of a million come this far, at least and at most.
    var (least, most): (Int64, Int64) = (1_000_000, 1_000_000)
    var sum: Int128? = 0
    for (place, call) in calls.enumerated() {
      guard let model = call.model else { continue }
      let gain = place == 0 ? first : CompressionGain(made, of: messages, at: policy[model])
      if let spared = gain.spared {
        sum = sum.map { $0 + Int128(spared.nanos) * Int128(spared.nanos < 0 ? most : least) }
      } else if place == 0 {
        sum = nil
      }
      guard !call.step.accepts.isEmpty else { break }
      if let accepted = policy[model].acceptance?.share.millionths {
        let rejected = max(0, 1_000_000 - accepted)
        least = least * rejected / 1_000_000
        most = (most * rejected + 999_999) / 1_000_000
      } else {
        least = 0
      }
    }
    expected = sum.map { Money(nanos: Int64(clamping: $0 / 1_000_000)) }
  }
}
