import HTTPUpstream
import PolicyExplain
import PolicySemantics
import PolicyWorkspace
import RoutingBudgets
import RoutingCalls
import RoutingGateway
import RoutingLedger
import RoutingRuntime
import RoutingService

/// Makes versions of one policy ready to serve, over one ledger and one upstream.
struct ServeDesk: Sendable {
  let path: String
  let ledger: Ledger?
  let client: HTTPUpstream
  let calls: CallSettings
  let settings: RequestService.Settings

  func policy(_ compiled: CompiledPolicy) throws(CommandFailure) -> ServedPolicy {
    let clock = try MomentClock(zone: compiled.policy.zone)
    let decider = Decider(compiled.graph)
    let service = RequestService(
      decider, gates: compiled.gates, catalog: compiled.catalog,
      runner: RequestRunner(catalog: compiled.catalog, client: client, settings: calls),
      ledger: ledger, sources: compiled.kept.archive, settings: settings,
      clock: { Moment.timestamp }, random: Self.random)
    return ServedPolicy(
      service: service, explainer: RequestExplainer(decider, path: compiled.path),
      catalog: compiled.catalog, moment: { clock.now })
  }

  static let random: @Sendable () -> (UInt64, UInt64) = {
    (.random(in: 0...(.max)), .random(in: 0...(.max)))
  }
}
