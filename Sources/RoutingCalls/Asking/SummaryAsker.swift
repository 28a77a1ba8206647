import OpenAIWire
package import PolicyUnits
import RoutingCatalog
package import RoutingRuntime

extension RequestRunner {
  /// How long writing a context shorter may take, where its provider's deadline is not shorter.
  package static let summaryTime = Milliseconds(30_000)

  /// Asks a compressor of the plan for a shorter text; no text if it failed or was cut off.
  package func summarise(
    _ material: String, by order: String, as planned: Int, of plan: Plan
  ) async -> (text: String?, record: CallRecord?) {
    guard let call = CallOrder(aside: planned, of: plan, timeout: Self.summaryTime) else {
      return (nil, nil)
    }
    let reading = await aside(call, as: .compressor, of: plan) { upstream in
      AsideBody.chat(
        model: upstream.deployment.upstream, system: order, user: material,
        maxTokens: call.maxOutput)
    }
    guard let reply = reading.record.response else { return (nil, reading.record) }
    guard let choice = reply.choices.first, choice.finish == .stop, !choice.text.isEmpty else {
      reading.record.aside?.ending = .unreadable
      return (nil, reading.record)
    }
    return (choice.text, reading.record)
  }
}
