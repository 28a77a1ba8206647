import Foundation
import HTTPUpstream
import OpenAIWire
import PolicyDiagnostics
import PolicyGraph
import PolicySemantics
import PolicyUnits
import PolicyWorkspace
import RoutingBudgets
import RoutingCalls
import RoutingCatalog
import RoutingGates
import RoutingLedger
import RoutingRequests
import RoutingRuntime
import RoutingService

/// The service in this process, for what the command has no door to: a policy's folder, a ledger on
/// the real disk, calls to the provider over real sockets.
final class ServiceDesk: Sendable {
  let service: RequestService
  let ledger: Ledger
  private let client = HTTPUpstream()
  private let moment: LocalMoment

  init(_ policy: URL, ledger path: URL, provider: String) throws {
    var catalog: Catalog?
    let loaded = PolicyLoader.load(
      path: "policy.rung",
      read: { name in
        (try? Data(contentsOf: policy.appending(path: name))).map { Array($0) }
      },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        catalog = parsed.value
        return (parsed.value?.vocabulary, parsed.diagnostics)
      })
    guard let checked = loaded.checked, let catalog else {
      throw PromiseFailure("the policy has mistakes: \(loaded.diagnostics.map(\.message))")
    }
    let clock: @Sendable () -> Timestamp = {
      Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
    ledger = try Ledger.open(path: path.path, clock: clock)
    let runner = RequestRunner(
      catalog: catalog, client: client, settings: CallSettings(baseURL: provider))
    service = RequestService(
      Decider(try DecisionGraph(checked)), gates: try GateBook(checked), catalog: catalog,
      runner: runner, ledger: ledger, clock: clock,
      random: { (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max)) })
    let days = Int64((Date().timeIntervalSince1970 / 86_400).rounded(.down))
    guard let date = CalendarDate(daysSince1970: days) else {
      throw PromiseFailure("this machine's clock is outside the years 1 to 9999")
    }
    // 1970-01-01 was a Thursday.
    moment = LocalMoment(date: date, weekday: Weekday.allCases[Int((days + 3) % 7)], hour: 12)
  }

  func close() async {
    await ledger.close()
    client.shutdown()
  }

  func answer(_ body: String, key: String?) async throws -> RequestOutcome {
    let request = try ChatRequest(Array(body.utf8))
    let input = RequestInput(request, moment: moment)
    return try await service.answer(
      AskedRequest(request: request, input: input, idempotencyKey: key))
  }
}
