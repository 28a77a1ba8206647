import RoutingBudgets
import RoutingLedger

/// What the engine tells, and what a death leaves behind.
extension LifecycleSimulation {
  mutating func wait(
    _ id: RequestID, _ phase: SimulatedRequest.Phase, for ticket: LedgerEngine.Ticket
  ) {
    requests[id]?.phase = phase
    waiting[ticket] = id
  }

  /// The model's side of a failed commit: what was to be reserved never was.
  mutating func undo(_ ticket: LedgerEngine.Ticket, _ outcome: LedgerEngine.Outcome) {
    guard case .failure = outcome, let id = waiting[ticket] else { return }
    switch requests[id]?.phase {
    case .reserving, .calling: model.cancel(id)
    case nil, .arriving, .claiming, .granted, .noting, .closing, .releasing: break
    }
  }

  mutating func tell(_ ticket: LedgerEngine.Ticket, _ outcome: LedgerEngine.Outcome) {
    guard let id = waiting.removeValue(forKey: ticket), let request = requests[id] else { return }
    note("\(id) \(request.phase)")
    switch outcome {
    case .failure: failed(request)
    case .claim(let claim): claimed(request, claim)
    case .row: recorded(request)
    case .done:
      switch request.phase {
      case .reserving: requests[id]?.phase = .granted
      case .noting: requests[id]?.phase = .calling
      case .releasing: leave(id, as: request.ending)
      case .closing: recorded(request)
      case .arriving, .claiming, .granted, .calling: break
      }
    }
  }

  /// The disk refused: the call is not made, or the answer is withheld.
  private mutating func failed(_ request: SimulatedRequest) {
    switch request.phase {
    case .claiming: leave(request.id, as: .refusedByDisk)
    case .reserving, .calling:
      engine.abandon(request.id)
      leave(request.id, as: .refusedByDisk)
    case .noting:
      // The call is not made: what was used so far is what it comes to.
      giveUp(request)
    case .closing: leave(request.id, as: .withheld)
    case .releasing: leave(request.id, as: request.ending)
    case .arriving, .granted: break
    }
    checkCounters(request.reservation)
  }

  private mutating func giveUp(_ request: SimulatedRequest) {
    let used = request.used()
    model.see(clock.time)
    guard let ticket = engine.settle(request.id, used: used, at: clock.time) else {
      return leave(request.id, as: .expired)
    }
    model.settle(request.id, used: used, at: clock.time)
    count(.refusedByDisk)
    wait(request.id, .closing, for: ticket)
  }

  /// Its row is committed: the answer is given out.
  private mutating func recorded(_ request: SimulatedRequest) {
    audit.acknowledged.append(request.id)
    leave(request.id, as: request.made > 0 ? request.ending : nil)
  }

  mutating func leave(_ id: RequestID, as ending: RequestEnding?) {
    if let ending { count(ending) }
    remove(id)
  }

  mutating func remove(_ id: RequestID) {
    requests[id] = nil
    order.removeAll { $0 == id }
  }

  mutating func count(_ ending: RequestEnding) { report.endings[ending, default: 0] += 1 }

  /// The process dies in the middle of this request; a call under way goes on without it.
  mutating func strike(_ request: SimulatedRequest) {
    switch request.phase {
    case .arriving, .claiming, .reserving: count(.crashedBeforeOpenCommit)
    case .granted: count(.crashedBeforeCall)
    case .calling:
      count(.crashedInCall)
      audit.bill(random.part(of: request.calls[request.made].cost.money), request.id)
    case .noting: count(.crashedBeforeNoteCommit)
    case .closing, .releasing: count(.crashedBeforeEndCommit)
    }
  }

  /// A new process finds what the disk has kept.
  mutating func reopen() {
    let recovery: LedgerRecovery
    do throws(LedgerFailure) {
      recovery = try disk.recover(at: clock.time)
    } catch {
      return find(.lostRow, "the disk does not come back: \(error)")
    }
    engine = LedgerEngine(recovery, at: clock.time)
    rebuildModel()
    checkAfterCrash()
    let open = Set(engine.openRequests.map(\.reservation.id))
    for id in model.openNames where !open.contains(id) { expire(id) }
    note("crash \(report.crashes)")
  }

  /// The model after a crash: what the rows charged, and what was open.
  private mutating func rebuildModel() {
    let (charges, open, rows) = disk.withContent { content in
      (content.charges, Array(content.open.values), content.rows.map(\.entry.id))
    }
    model = ReferenceCounters()
    audit.progress = [:]
    for charge in charges {
      model.see(charge.time)
      model.count(charge.amount, of: charge.key, at: charge.time)
    }
    for request in open {
      model.restore(request.reservation)
      audit.progress[request.reservation.id] = request.progress
    }
    for id in rows { for (key, amount) in audit.excess[id] ?? [] { model.exceed(key, by: amount) } }
    model.see(clock.time)
  }

  /// Lets everything expire and be committed, and looks for what is left.
  mutating func quieten() {
    let left = Set(engine.openRequests.map(\.reservation.id))
    for id in left.sorted() where !hung.contains(id) && !audit.survived.contains(id) {
      find(.stuck, "\(id) has ended and still holds its reservation")
    }
    clock.advance(max(0, model.now.milliseconds - clock.time.milliseconds) + 600_000)
    tick()
    for _ in 0..<1_000 where engine.hasWork || batch != nil { turnDisk() }
    if !engine.openRequests.isEmpty || disk.withContent({ !$0.open.isEmpty }) {
      find(.stuck, "\(engine.openRequests.count) reservations are open")
    }
    checkAtQuiet()
  }
}
