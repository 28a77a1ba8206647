import RoutingBudgets
import RoutingLedger

/// Whole requests through the ledger's engine: callers, provider, disk and clock in one thread.
///
/// The seed picks who moves next, what the provider bills, when the disk fails and when the process
/// dies, so a seed replays a run byte for byte. Every run ends in quiet: all callers gone, everything
/// expired and committed.
package struct LifecycleSimulation: Sendable {
  package struct Settings: Sendable {
    package var seed: UInt64
    /// How many requests come.
    package var requests = 150
    /// How many of them are under way at most at a time.
    package var clients = 24
    /// Whether the disk fails and the process dies.
    package var isTroubled = true
    package var fault: LifecycleFault?

    package init(seed: UInt64) { self.seed = seed }

    /// A long run has as many crashes as a run of 2,000 requests.
    var calm: Int { max(1, requests / 2_000) }
  }

  /// What a run came to; without findings it kept every promise.
  package struct Report: Sendable {
    /// The first violation only: what follows one is noise.
    package internal(set) var findings: [Finding] = []
    package internal(set) var endings: [RequestEnding: Int] = [:]
    package internal(set) var rows = 0
    package internal(set) var crashes = 0
    /// Requests a new process went on with.
    package internal(set) var adopted = 0
    package internal(set) var failedCommits = 0
    package internal(set) var steps = 0
    /// Of everything that happened, in order: equal for equal runs.
    package internal(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  }

  let settings: Settings
  let scopes: Scopes
  let disk: SimulatedDisk
  var random: SeededRandom
  var clock: VirtualClock
  var engine: LedgerEngine
  var batch: LedgerEngine.Batch?
  var model = ReferenceCounters()
  var audit = LifecycleAudit()
  var report = Report()
  /// Requests under way, and in which order they came.
  var requests: [RequestID: SimulatedRequest] = [:]
  var order: [RequestID] = []
  /// Requests whose caller is gone without ending them.
  var hung: Set<RequestID> = []
  var waiting: [LedgerEngine.Ticket: RequestID] = [:]
  var started = 0

  package static func run(_ settings: Settings) -> Report {
    var simulation = LifecycleSimulation(settings)
    simulation.runAll()
    return simulation.report
  }

  private init(_ settings: Settings) {
    self.settings = settings
    var random = SeededRandom(seed: settings.seed)
    scopes = Scopes(demand: settings.requests, clients: settings.clients, by: &random)
    self.random = random
    clock = VirtualClock(requests: settings.requests)
    disk = SimulatedDisk(settings)
    engine = LedgerEngine(LedgerRecovery(), at: clock.time)
    model.see(clock.time)
  }

  private mutating func runAll() {
    while report.findings.isEmpty, started < settings.requests || !requests.isEmpty { step() }
    if report.findings.isEmpty { quieten() }
    report.rows = disk.withContent(\.rows.count)
  }

  private mutating func step() {
    report.steps += 1
    clock.move(by: &random)
    switch random.below(100) {
    case 0..<30: start()
    case 30..<70: moveOne()
    case 70..<95: turnDisk()
    default: tick()
    }
    if settings.isTroubled, random.oneIn(700 * settings.calm) { crash() }
  }

  private mutating func start() {
    guard started < settings.requests, requests.count < settings.clients else { return }
    started += 1
    let request = arriving()
    requests[request.id] = request
    order.append(request.id)
    move(request.id)
  }

  private mutating func moveOne() {
    guard !order.isEmpty else { return }
    move(order[random.below(order.count)])
  }

  /// The disk's thread: takes what is queued, and later commits it.
  mutating func turnDisk() {
    guard let taken = batch else {
      batch = engine.takeBatch()
      return
    }
    batch = nil
    let result: Result<Void, LedgerFailure>
    do throws(LedgerFailure) {
      try disk.commit(taken.records)
      result = .success(())
    } catch {
      report.failedCommits += 1
      result = .failure(error)
    }
    if disk.isDead { return crash() }
    let told = engine.finish(taken, result)
    for (ticket, outcome) in told { undo(ticket, outcome) }
    for (ticket, outcome) in told { tell(ticket, outcome) }
    checkDisk(taken.records)
  }

  mutating func tick() {
    guard settings.fault != .ignoresExpiry else { return }
    engine.tick(at: clock.time)
    model.see(clock.time)
    let open = Set(engine.openRequests.map(\.reservation.id))
    for id in model.openNames where !open.contains(id) { expire(id) }
  }

  /// The model's side of an expiry: everything that may have been billed counts.
  mutating func expire(_ id: RequestID) {
    guard let last = audit.progress[id] else { return find(.miscounted, "\(id) said nothing") }
    model.settle(id, used: zip(last.used, last.pending).map { $0 + $1 }, at: clock.time)
    note("expired \(id)")
  }

  /// The process dies and comes back.
  mutating func crash() {
    report.crashes += 1
    // What was under way on the disk was kept whole or not at all.
    if let batch, !disk.isDead, random.oneIn(2) { try? disk.commit(batch.records) }
    var placed: [SimulatedRequest] = []
    for id in order {
      guard let request = requests[id] else { continue }
      // Some calls are made by a provider's batch, which does not die with the process.
      if request.phase == .calling, random.oneIn(4) {
        placed.append(request)
      } else {
        strike(request)
      }
    }
    batch = nil
    waiting = [:]
    requests = [:]
    order = []
    hung = []
    disk.die()
    reopen()
    for request in placed { takeUp(request) }
  }

  /// The new process goes on with a call that outlived the old one, unless its time is over.
  private mutating func takeUp(_ request: SimulatedRequest) {
    let key = settings.fault == .ignoresKeys ? nil : request.key
    guard engine.adopt(request.id, key: key) != nil else { return strike(request) }
    report.adopted += 1
    requests[request.id] = request
    order.append(request.id)
  }

  mutating func note(_ line: String) {
    for byte in line.utf8 {
      report.digest = (report.digest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }

  mutating func find(_ what: Violation, _ detail: String) {
    guard report.findings.isEmpty else { return }
    report.findings.append(
      Finding(seed: settings.seed, step: report.steps, what: what, detail: detail))
  }
}
