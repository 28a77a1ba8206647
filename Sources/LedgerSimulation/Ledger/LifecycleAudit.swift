import RoutingBudgets
import RoutingLedger

/// What is known from outside the ledger: bills, answers given out, and what must be on record.
struct LifecycleAudit: Sendable {
  /// What the provider has billed each request, in money.
  private(set) var bills: [RequestID: Int64] = [:]
  /// Requests whose answer was given out, in order.
  var acknowledged: [RequestID] = []
  /// How many of them have been looked for after a crash.
  var checked = 0
  /// What was settled beyond what had been set aside.
  var excess: [RequestID: [(CounterKey, Int64)]] = [:]
  /// What each open request last said of itself.
  var progress: [RequestID: Progress] = [:]
  /// The idempotency key each request answered.
  var answering: [RequestID: IdempotencyRecord.Key] = [:]
  /// Providers that billed more than they were allowed.
  var liars: Set<RequestID> = []
  /// Requests of an earlier process.
  var survived: Set<RequestID> = []
  /// The caps every counter has been claimed under.
  private(set) var caps: [CounterKey: Int64] = [:]
  /// Every counter claimed, in that order.
  private(set) var keys: [CounterKey] = []

  /// Requests with a bill and no row that has been seen.
  var unproved: Set<RequestID> = []

  mutating func bill(_ amount: Int64, _ id: RequestID) {
    bills[id, default: 0] += amount
    unproved.insert(id)
  }

  mutating func see(_ claim: Claim) {
    if caps.updateValue(claim.cap, forKey: claim.key) == nil { keys.append(claim.key) }
  }
}

extension LifecycleSimulation {
  // MARK: After every step

  /// Every counter a request touches, against the model and its cap.
  mutating func checkCounters(_ reservation: Reservation) {
    let found = engine.used(reservation.claims.map(\.key), at: model.now)
    for (claim, used) in zip(reservation.claims, found) {
      audit.see(claim)
      guard !claim.key.window.isOver(at: model.now) else { continue }
      check(claim.key, says: used)
    }
  }

  private mutating func check(_ key: CounterKey, says used: Int64) {
    let range = model.used(key)
    if !range.contains(used) {
      find(.miscounted, "`\(key)` says \(used), the model \(range)")
    }
    guard let cap = audit.caps[key] else { return }
    let most = cap + model.excess(of: key)
    if used > most || range.lowerBound > most {
      find(.capPassed, "`\(key.budget)` holds \(max(used, range.lowerBound)) of \(cap)")
    }
  }

  /// What the provider has billed is on record: in a row or in an open request, on the disk.
  mutating func checkBill(of request: SimulatedRequest) {
    if request.excess > 0 { audit.liars.insert(request.id) }
    checkBill(request.id)
  }

  private mutating func checkBill(_ id: RequestID) {
    guard let bill = audit.bills[id], bill > 0 else { return }
    let (row, open) = disk.withContent { ($0.row(of: id), $0.open[id]) }
    if let row {
      audit.unproved.remove(id)
      let charged = row.charges.first { $0.key.budget == "house_money" }?.amount ?? 0
      if charged < bill, !(audit.liars.contains(id) && row.status == .lost) {
        find(.unrecorded, "\(id) was billed \(bill), its row says \(charged)")
      }
    } else if !audit.liars.contains(id) {
      let bound = open.map { $0.progress.used[0] + $0.progress.pending[0] } ?? 0
      if bill > bound { find(.unrecorded, "\(id) was billed \(bill), \(bound) is on record") }
    }
  }

  mutating func checkDisk(_ records: [LedgerRecord]) {
    for record in records {
      switch record {
      case .end(let row): checkBill(row.entry.id)
      case .progress(let id, _), .release(let id): checkBill(id)
      case .open, .idempotency, .forget, .policy, .text, .forgetTexts, .rating: break
      }
    }
    checkRows()
  }

  private mutating func checkRows() {
    let (doubled, broken) = disk.withContent { ($0.doubled.first, $0.brokenAt) }
    if let doubled { find(.doubleRow, "\(doubled)") }
    if let broken { find(.brokenChain, "at row \(broken)") }
  }

  // MARK: After a crash

  mutating func checkAfterCrash() {
    checkRows()
    let missing = audit.acknowledged[audit.checked...].filter { id in
      disk.withContent { $0.row(of: id) == nil }
    }
    if let id = missing.first { find(.lostRow, "\(id) was acknowledged") }
    audit.checked = audit.acknowledged.count
    for id in audit.unproved.sorted() { checkBill(id) }
    for request in engine.openRequests { audit.survived.insert(request.reservation.id) }
    for key in audit.keys where !key.window.isOver(at: model.now) {
      guard let cap = audit.caps[key] else { continue }
      let used = model.used(key).lowerBound
      if used > cap + model.excess(of: key) {
        find(.capPassed, "`\(key.budget)` holds \(used) of \(cap) on the disk")
      }
    }
  }

  // MARK: At quiet

  mutating func checkAtQuiet() {
    checkRows()
    var sums: [CounterKey: Int64] = [:]
    for charge in disk.withContent(\.charges) { sums[charge.key, default: 0] += charge.amount }
    for key in audit.keys where !key.window.isOver(at: model.now) {
      let used = engine.used([key], at: model.now)[0]
      check(key, says: used)
      switch key.window {
      case .running: if used != 0 { find(.stuck, "`\(key.budget)` holds \(used)") }
      case .day, .week, .month:
        if used != sums[key] ?? 0 {
          find(.rowsDiffer, "`\(key.budget)` says \(used), its rows \(sums[key] ?? 0)")
        }
      case .minute, .hour: break
      }
    }
    for id in audit.acknowledged where disk.withContent({ $0.row(of: id) == nil }) {
      find(.lostRow, "\(id) was acknowledged")
    }
    for id in audit.bills.keys.sorted() { checkBill(id) }
    checkAnswers()
  }

  /// Under one idempotency key one request at most was answered.
  private mutating func checkAnswers() {
    var answered: [IdempotencyRecord.Key: Int] = [:]
    for (id, key) in audit.answering where disk.withContent({ $0.row(of: id) != nil }) {
      answered[key, default: 0] += 1
    }
    if let key = answered.filter({ $0.value > 1 }).keys.map(\.text).min() {
      find(.billedTwice, "`\(key)`")
    }
  }
}
