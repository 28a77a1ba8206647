import Foundation
import HTTPUpstream
import Logging
import OpenAIWire
import PolicyDiagnostics
import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import PolicyWorkspace
import RoutingBudgets
import RoutingCalls
import RoutingCatalog
import RoutingGates
import RoutingGateway
import RoutingLedger
import RoutingRuntime
import RoutingService
import RoutingTestSupport
import StandInProvider
import Synchronization

/// A gateway of its own for one cell: a provider with a fault, a sound one, a ledger in a file.
struct FaultGround {
  let standIn: StandIn
  let address: String
  let ledger: Ledger
  let path: String

  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  static let answers = [
    "cheap": "The whole answer of the cheap model, from its first word to its very last one.",
    "dear": "The dear model says something else, and says all of it, down to the last word.",
  ]
  /// For each call of the provider with the fault.
  static let deadline = Milliseconds(600)

  /// The gate speaks at the end of an answer and not before: more text could change its verdict.
  private static let policy = """
    rung 1
    catalog "catalog.yaml"
    budget daily = $1 per tenant per day
    gate answered = length <= 2000 chars
    ladder left(max_budget = 0.50) { tier cheap accept answered  tier dear }
    ladder alone(max_budget = 0.50) { tier cheap }
    route has_none when question contains "ALONE" { use alone }
    otherwise { use left }
    """

  private static func catalog(faulty: String, sound: String) -> String {
    """
    currency: USD
    reference_tokenizer: qwen
    providers:
      faulty:
        base_url: \(faulty)
        timeouts: {connect: 300ms, first_byte: 400ms, whole: \(deadline.count)ms}
      sound:
        base_url: \(sound)
        timeouts: {connect: 5s, first_byte: 5s, whole: 5s}
    models:
      cheap:
        provider: faulty
        window: 32k
        max_output: 2k
        capabilities: [streaming]
        tokenizer: qwen
        prices: {input: 0.13, output: 0.57, date: 2026-11-21, source: test}
      dear:
        provider: sound
        window: 128k
        max_output: 4k
        capabilities: [streaming]
        tokenizer: qwen
        prices: {input: 2.13, output: 7.77, per_request: 0.001, date: 2026-11-21, source: test}
    """
  }

  /// Runs `test` against a gateway whose cheap model has this fault, and takes all of it down.
  static func with<Result>(
    _ fault: ListedFault, _ peers: BrokenPeers, trusting certificates: String,
    _ test: (FaultGround) async throws -> Result
  ) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "rung-faults-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appending(path: "test.ledger").path
    let ledger = try Ledger.open(path: path, currency: "USD", clock: { now })
    let standIn = try await StandIn.start(script: script(fault))
    let client = HTTPUpstream(configuration: .init(certificateFile: certificates))
    let faulty =
      switch fault {
      case .connection(let fault): peers.address(fault)
      case .provider: standIn.address
      }
    let outcome: Swift.Result<Result, any Error>
    do {
      let gateway = try gateway(
        catalog: catalog(faulty: faulty, sound: standIn.address), client, ledger)
      outcome = .success(
        try await gateway.whileServing { port in
          try await test(
            FaultGround(
              standIn: standIn, address: "http://127.0.0.1:\(port)", ledger: ledger, path: path))
        })
    } catch {
      outcome = .failure(error)
    }
    client.shutdown()
    await standIn.stop()
    await ledger.close()
    return try outcome.get()
  }

  private static func script(_ fault: ListedFault) -> Script {
    var rules: [Rule] = []
    if case .provider(let fault) = fault {
      rules.append(Rule(model: "cheap", fault: fault, answer: answers["cheap"]))
    }
    rules.append(Rule(model: "dear", answer: answers["dear"]))
    return Script(rules: rules)
  }

  private static let now = Timestamp(milliseconds: 1_795_176_000_000)

  private static func gateway(
    catalog text: String, _ client: HTTPUpstream, _ ledger: Ledger
  ) throws -> Gateway {
    let files = ["policy.rung": policy, "catalog.yaml": text]
    var catalog: Catalog?
    let loaded = PolicyLoader.load(
      path: "policy.rung", read: { files[$0].map { Array($0.utf8) } },
      catalog: { file in
        let parsed = CatalogReader.read(file)
        catalog = parsed.value
        return (parsed.value?.vocabulary, parsed.diagnostics)
      })
    guard let checked = loaded.checked, let catalog,
      let date = CalendarDate(year: 2026, month: 11, day: 20)
    else { throw Refused(description: "\(loaded.diagnostics.map(\.message))") }
    let random = Mutex(SplitMix(state: 4))
    let draw: @Sendable () -> (UInt64, UInt64) = {
      random.withLock { ($0.next(), $0.next()) }
    }
    let decider = Decider(try DecisionGraph(checked))
    let service = RequestService(
      decider, gates: try GateBook(checked), catalog: catalog,
      runner: RequestRunner(
        catalog: catalog, client: client, settings: CallSettings(key: { _ in nil })),
      ledger: ledger, clock: { now }, random: draw)
    var settings = GatewaySettings()
    settings.port = 0
    settings.watchesFiles = false
    let served = ServedPolicy(
      service: service, explainer: RequestExplainer(decider, path: "policy.rung"),
      catalog: catalog, moment: { LocalMoment(date: date, weekday: .friday, hour: 12) })
    return Gateway(
      settings, serving: served,
      reloading: PolicyLoading(load: { _ in served }, look: { FileLook([:]) }),
      logger: Logger(label: "faults") { _ in SwiftLogNoOpLogHandler() }, clock: { now },
      random: draw)
  }
}

extension Gateway {
  /// Serves on a free port while `body` runs.
  fileprivate func whileServing<Result>(
    _ body: (Int) async throws -> Result
  ) async throws -> Result {
    let (ports, tell) = AsyncStream.makeStream(of: Int.self)
    let serving = Task {
      defer { tell.finish() }
      try await run { tell.yield($0) }
    }
    guard let port = await ports.first(where: { _ in true }) else {
      try await serving.value
      throw FaultGround.Refused(description: "the gateway did not start")
    }
    let outcome: Swift.Result<Result, any Error>
    do {
      outcome = .success(try await body(port))
    } catch {
      outcome = .failure(error)
    }
    serving.cancel()
    _ = try? await serving.value
    return try outcome.get()
  }
}
