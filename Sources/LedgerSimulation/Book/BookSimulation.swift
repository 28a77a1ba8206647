import RoutingBudgets

/// Many clients at once against one ``BudgetBook``, each step held against a plain model of it.
///
/// Single-threaded: the seed picks who moves next, so a seed replays a run byte for byte. Every run
/// ends in quiet: all clients gone, everything expired.
package struct BookSimulation: Sendable {
  package struct Settings: Sendable {
    package var seed: UInt64
    /// How many requests come.
    package var requests = 200
    /// How many of them are under way at most at a time.
    package var clients = 32
    package var fault: BookFault?

    package init(seed: UInt64) { self.seed = seed }
  }

  /// What a run came to; without findings it kept every promise.
  package struct Report: Sendable {
    package internal(set) var findings: [Finding] = []
    package internal(set) var admitted = 0
    package internal(set) var refused = 0
    package internal(set) var lost = 0
    package internal(set) var steps = 0
    /// Counters kept at most at a time.
    package internal(set) var mostCounters = 0
    /// Of everything that happened, in order: equal for equal runs.
    package internal(set) var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  }

  private let settings: Settings
  private let scopes: Scopes
  private var random: SeededRandom
  private var clock: VirtualClock
  private var book: TestedBook
  private var model = ReferenceCounters()
  private var clients: [Client] = []
  private var started = 0
  private var report = Report()

  private struct Client {
    let reservation: Reservation
    var progress: Progress
    /// Calls it will still make.
    var calls: Int
  }

  /// - Returns: the first violation only: what follows one is noise.
  package static func run(_ settings: Settings) -> Report {
    var simulation = BookSimulation(settings)
    simulation.runAll()
    return simulation.report
  }

  private init(_ settings: Settings) {
    self.settings = settings
    var random = SeededRandom(seed: settings.seed)
    scopes = Scopes(demand: settings.requests, clients: settings.clients, by: &random)
    self.random = random
    clock = VirtualClock(requests: settings.requests)
    book = TestedBook(fault: settings.fault)
  }

  private mutating func runAll() {
    while report.findings.isEmpty, started < settings.requests || !clients.isEmpty {
      step()
    }
    if report.findings.isEmpty { quieten() }
  }

  private mutating func step() {
    report.steps += 1
    clock.move(by: &random)
    if random.oneIn(8) { expire() }
    let mayStart = started < settings.requests && clients.count < settings.clients
    if mayStart, clients.isEmpty || random.below(3) > 0 {
      start()
    } else if !clients.isEmpty {
      move(random.below(clients.count))
    }
    report.mostCounters = max(report.mostCounters, book.book.counterCount)
  }

  // MARK: One request

  private mutating func start() {
    started += 1
    let caller = Scopes.Caller(
      tenant: random.below(4), user: random.oneIn(4) ? 1_000 + started : random.below(12),
      key: random.below(6))
    let cost = random.amount(in: Scopes.usualCost / 2...2 * Scopes.usualCost)
    let tokens = random.amount(in: 1...2 * Scopes.usualTokens)
    let claims = scopes.claims(of: caller, on: clock.date, cost: cost, tokens: tokens)
    let id = RequestID(at: clock.time, random: (random.next(), random.next()))
    let expiry = clock.time.milliseconds + random.amount(in: 30_000...330_000)
    let reservation = Reservation(
      id: id, claims: claims, time: clock.time, expiry: Timestamp(milliseconds: expiry))
    let first = Progress(
      used: claims.map { _ in 0 }, pending: claims.map { random.part(of: $0.amount) })
    admit(reservation, first: first)
  }

  private mutating func admit(_ reservation: Reservation, first: Progress) {
    let admission = book.reserve(reservation, first: first)
    model.see(reservation.time)
    let full = reservation.claims.first { !fits($0) }
    switch admission {
    case .granted:
      report.admitted += 1
      model.open(reservation)
      clients.append(
        Client(reservation: reservation, progress: first, calls: random.below(3)))
      note("granted \(reservation.id)")
    case .full(let claim, let used):
      report.refused += 1
      note("full \(claim.key.budget) \(used)")
      if full == nil, !claim.key.window.isOver(at: model.now) {
        find(.fitRefused, "`\(claim.key.budget)` with \(model.used(claim.key)) used")
      }
    }
    audit(reservation)
  }

  /// Whether a claim fits for certain.
  private mutating func fits(_ claim: Claim) -> Bool {
    claim.amount <= claim.cap - model.used(claim.key).upperBound
  }

  /// One of those under way comes a step further: another call, or one of the ways to end.
  private mutating func move(_ place: Int) {
    let client = clients[place]
    let id = client.reservation.id
    guard model.isOpen(id) else {
      // It expired while its call was under way: what it settles now changes nothing.
      book.settle(id, used: client.progress.pending, at: clock.time)
      model.see(clock.time)
      clients.remove(at: place)
      return audit(client.reservation)
    }
    if client.calls > 0 {
      another(place)
    } else {
      end(place)
    }
    audit(client.reservation)
  }

  private mutating func another(_ place: Int) {
    var client = clients[place]
    client.calls -= 1
    let claims = client.reservation.claims
    for index in claims.indices {
      client.progress.used[index] += random.part(of: client.progress.pending[index])
      client.progress.pending[index] = random.part(
        of: claims[index].amount - client.progress.used[index])
    }
    if book.note(client.progress, of: client.reservation.id) != .noted {
      find(.miscounted, "a call within its reservation may not be made")
    }
    clients[place] = client
  }

  private mutating func end(_ place: Int) {
    let client = clients.remove(at: place)
    let id = client.reservation.id
    switch random.below(10) {
    case 0:
      // Cancelled before anything was sent.
      book.release(id, at: clock.time)
      model.settle(id, used: client.progress.used.map { _ in 0 }, at: clock.time)
    case 1:
      // Nobody ends it: its expiry will.
      note("abandoned \(id)")
      return
    default:
      var used = client.progress.used
      for index in used.indices {
        used[index] += random.part(of: client.progress.pending[index])
      }
      if random.oneIn(40), used[0] > 0 { used[0] += random.amount(in: 1...Scopes.usualCost) }
      book.settle(id, used: used, at: clock.time)
      model.settle(id, used: used, at: clock.time)
      note("settled \(id) \(used)")
    }
  }

  private mutating func expire() {
    let ended = book.expire(at: clock.time)
    model.see(clock.time)
    for lost in ended {
      report.lost += 1
      model.settle(lost.reservation.id, used: lost.used, at: clock.time)
      note("lost \(lost.reservation.id) \(lost.used)")
    }
  }
}

// MARK: What must hold

extension BookSimulation {
  /// After every step, of every counter it touched.
  private mutating func audit(_ reservation: Reservation) {
    let keys = reservation.claims.map(\.key)
    let found = book.used(keys, at: model.now)
    for (claim, used) in zip(reservation.claims, found)
    where !claim.key.window.isOver(at: model.now) {
      let model = model.used(claim.key)
      if !model.contains(used) {
        find(
          .miscounted,
          "`\(claim.key)` says \(used), the model \(model) now \(self.model.now) book \(book.book.now) cap \(claim.cap)"
        )
      }
      let cap = claim.cap + self.model.excess(of: claim.key)
      if model.lowerBound > cap || used > cap {
        find(.capPassed, "`\(claim.key.budget)` holds \(used) of \(claim.cap)")
      }
    }
  }

  /// Lets everything expire, and looks for what is left.
  private mutating func quieten() {
    clock.advance(max(0, model.now.milliseconds - clock.time.milliseconds) + 600_000)
    expire()
    if book.book.openCount > 0 || model.openCount > 0 {
      find(.stuck, "\(book.book.openCount) reservations, \(model.openCount) in the model")
    }
    for standing in book.book.standings(at: clock.time) where standing.reserved != 0 {
      find(.stuck, "`\(standing.key.budget)` has \(standing.reserved) reserved")
    }
    for key in model.keys where !key.window.isOver(at: model.now) {
      let used = book.used([key], at: clock.time)[0]
      if !model.used(key).contains(used) {
        find(.miscounted, "`\(key.budget)` says \(used) at the end, the model \(model.used(key))")
      }
    }
  }

  private mutating func find(_ what: Violation, _ detail: String) {
    guard report.findings.isEmpty else { return }
    report.findings.append(
      Finding(seed: settings.seed, step: report.steps, what: what, detail: detail))
  }

  private mutating func note(_ line: String) {
    for byte in line.utf8 {
      report.digest = (report.digest ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
  }
}
