import CallerKeys
import Foundation
import HTTPUpstream
import NIOPosix
import PolicyDiagnostics
import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import PolicyWorkspace
import RoutingBudgets
import RoutingCache
import RoutingCalls
import RoutingCatalog
import RoutingGates
import RoutingGateway
import RoutingHealth
import RoutingLedger
import RoutingRuntime
import RoutingService
import Synchronization

/// The versions of a ground's policy: from a text in memory, as `rung serve` makes them from files.
final class GroundPolicies: Sendable {
  private let catalog: String
  private let client: HTTPUpstream
  private let ledger: Ledger?
  let health = UpstreamHealth()
  /// Shared by all versions, in memory.
  let cache = AnswerCache(AnswerStore(clock: { GroundPolicies.now }))
  private let keys: KeyRing?
  private let calls: CallSettings
  private let shared: Mutex<String>
  /// For each decision and each load of a version: whether an event loop was busy with it.
  let workOnLoops = Mutex<[Bool]>([])

  init(
    _ policy: String, catalog: String, client: HTTPUpstream, ledger: Ledger?, keys: KeyRing? = nil,
    calls: CallSettings = CallSettings()
  ) {
    self.keys = keys
    self.calls = calls
    shared = Mutex(policy)
    self.catalog = catalog
    self.client = client
    self.ledger = ledger
  }

  /// The policy without its first two lines.
  var text: String {
    get { shared.withLock { $0 } }
    set { shared.withLock { $0 = newValue } }
  }

  static var now: Timestamp {
    Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
  }

  /// The day of `now`: budgets by the day refuse a day that is over.
  private static var today: CalendarDate? {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = calendar.dateComponents([.year, .month, .day], from: Date())
    guard let year = parts.year, let month = parts.month, let day = parts.day else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  private func noteWork() {
    let isOnLoop = MultiThreadedEventLoopGroup.currentEventLoop != nil
    workOnLoops.withLock { $0.append(isOnLoop) }
  }

  var loading: PolicyLoading {
    PolicyLoading(
      load: { _, _ throws(PolicyLoadFailure) in
        self.noteWork()
        do {
          return try self.version()
        } catch {
          throw PolicyLoadFailure(summary: "\(error)")
        }
      }, look: { FileLook([:]) })
  }

  func version() throws -> ServedPolicy {
    let files = [
      "policy.rung": "rung 1\ncatalog \"catalog.yaml\"\n" + text, "catalog.yaml": catalog,
    ]
    var read: Catalog?
    let loaded = PolicyLoader.load(
      path: "policy.rung", read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        read = parsed.value
        return (parsed.value?.vocabulary, parsed.diagnostics)
      })
    guard let checked = loaded.checked, let catalog = read, let date = Self.today else {
      throw GatewayGround.Refused(description: "\(loaded.diagnostics.map(\.message))")
    }
    let decider = Decider(try DecisionGraph(checked))
    let service = RequestService(
      decider, gates: try GateBook(checked), catalog: catalog,
      runner: RequestRunner(
        catalog: catalog, client: client, settings: calls, health: health),
      ledger: ledger, cache: cache, clock: { Self.now },
      random: { (.random(in: 0...(.max)), .random(in: 0...(.max))) })
    return ServedPolicy(
      service: service, explainer: RequestExplainer(decider, path: "policy.rung"),
      catalog: catalog, keys: keys,
      moment: {
        self.noteWork()
        return LocalMoment(date: date, weekday: .friday, hour: 12)
      })
  }
}
