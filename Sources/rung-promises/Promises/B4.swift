import Foundation
import PromiseEvidence
import RoutingBudgets
import RoutingLedger

/// A crash never leaves a stuck budget.
///
/// Runs are killed while their calls are under way, with a provider that takes its time. The next run
/// begins when the last reservation has expired, by a clock set forward, or a little before: within
/// five seconds of the restart, or of the expiry, no reservation is left, and each has become a row
/// at what may have been billed.
enum B4: Promise {
  static let name = "B4"
  static let text = "reservations of a killed process are gone within 5 s of restart and expiry"

  private static let requests = 40
  private static let slow = #"{"rules":[{"delay_ms":400}]}"#

  static func tried(_ trial: Trial) async throws -> Verdict {
    guard trial.programs.faults != nil else {
      return .notRun("the clock can be set for a program on Linux only")
    }
    let ground = try Ground(trial, "b4", script: slow)
    var findings: [String] = []
    var reserved = 0
    var slowest = Duration.zero
    let rounds = trial.count(20, atLeast: 2)
    for round in 0..<rounds {
      trial.progress.show("B4 round \(round + 1) of \(rounds)")
      let outcome = try crashed(
        ground, beforeExpiry: round % 4 == 3, patience: trial.patience(.seconds(5)))
      reserved += outcome.open
      slowest = max(slowest, outcome.time)
      findings += outcome.findings
    }
    if reserved == 0 { findings.append("no reservation was open at any kill: a blind trial") }
    let milliseconds =
      slowest.components.seconds * 1000
      + slowest.components.attoseconds / 1_000_000_000_000_000
    return .of(
      findings,
      "\(reserved) reservations of \(rounds) killed processes ended as rows, the slowest "
        + "\(milliseconds) ms after restart and expiry; 0 nano left reserved")
  }

  private struct Outcome {
    var open = 0
    var time = Duration.zero
    var findings: [String] = []
  }

  private static func crashed(
    _ ground: Ground, beforeExpiry: Bool, patience: Duration
  ) throws -> Outcome {
    let gateway = try ground.gateway("ledger")
    let asks = try ground.requests(requests, in: gateway)
    let child = try gateway.start(asks, atOnce: 16, name: "rung")
    usleep(UInt32(150_000 + ground.number(below: 600_000)))
    child.kill()
    let ending = child.ending(within: .seconds(60))
    let run = Gateway.Result(ending: ending, said: child.said, complaint: child.complaint)
    let before = try LedgerBook(at: gateway.ledger)
    var outcome = Outcome(open: before.open.count)
    guard let expiry = before.open.map(\.reservation.expiry.milliseconds).max() else {
      return outcome
    }
    // In time, or two seconds early: then the run itself has to see the expiry come.
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    let early: Int64 = beforeExpiry ? 2000 : 0
    let clock = expiry - now - early + 1
    let start = ContinuousClock.now
    let again = try ground.requests(beforeExpiry ? 40 : 1, in: gateway, name: "again")
    let second = try gateway.start(
      again, atOnce: beforeExpiry ? 2 : 1, name: "again", on: Gateway.Machine(clock: clock))
    let limit = Duration.milliseconds(early) + patience
    let names = Set(before.open.map(\.reservation.id))
    while true {
      let book = try LedgerBook(at: gateway.ledger)
      if book.open.allSatisfy({ !names.contains($0.reservation.id) }) { break }
      if ContinuousClock.now - start > limit {
        outcome.findings.append("a reservation is still open \(limit) after the restart")
        break
      }
      usleep(10_000)
    }
    outcome.time = max(.zero, ContinuousClock.now - start - .milliseconds(early))
    let ended = second.ending(within: .seconds(60))
    if ended != .exit(0) {
      outcome.findings.append("the next run ends with \(ended): \(second.complaint)")
    }
    let after = try LedgerBook(at: gateway.ledger)
    if !after.open.isEmpty {
      outcome.findings.append("\(after.open.count) requests are still open")
    }
    let lost = after.rows.filter { names.contains($0.entry.id) && $0.entry.status == .lost }
    if lost.count != before.open.count {
      outcome.findings.append("\(before.open.count) were open, \(lost.count) have become lost rows")
    }
    let result = Gateway.Result(ending: ended, said: second.said, complaint: second.complaint)
    outcome.findings += try ground.findings([run, result], on: gateway)
    return outcome
  }
}
