import Foundation
import PromiseEvidence

/// A full or failing disk: no unrecorded spend, a clear refusal, and recovery by itself.
///
/// A run is hurt at each of the first 200 calls that change the ledger's files: for a few calls the
/// disk is full, keeps half a write, or fails. The run must end by itself; what it could not record
/// it must not have spent; who was refused is told of the ledger; once the disk works again, requests
/// of the same run are answered.
enum B3: Promise {
  static let name = "B3"
  static let text = "a full or failing disk: no unrecorded spend, a clear refusal, then recovery"

  private static let requests = 80
  private static let plans = [("fail ENOSPC", 6), ("fail EIO", 6), ("short", 6)]

  static func tried(_ trial: Trial) async throws -> Verdict {
    guard trial.programs.faults != nil else {
      return .notRun("disks can be made to fail on Linux only")
    }
    let ground = try Ground(trial, "b3")
    let places = B1.spread(trial.count(200, atLeast: 6), over: 200)
    var findings: [String] = []
    var hurt = 0
    var refused = 0
    var recovered = 0
    var commits = 0
    for (index, place) in places.enumerated() {
      for (plan, count) in plans {
        trial.progress.show("B3 \(plan) at call \(place), \(index + 1) of \(places.count)")
        let outcome = try fail(ground, plan: "\(plan) \(place) \(count)")
        if outcome.isHurt { hurt += 1 }
        if outcome.isRefused { refused += 1 }
        if outcome.isRecovered { recovered += 1 }
        if outcome.hitsCommit { commits += 1 }
        findings += outcome.findings.map { "\(plan) at call \(place): \($0)" }
      }
    }
    let runs = places.count * plans.count
    if hurt < runs { findings.append("only \(hurt) of \(runs) runs were hurt") }
    if refused == 0 { findings.append("nobody was ever refused: a blind trial") }
    if recovered == 0 { findings.append("no run ever recovered") }
    if commits == 0 { findings.append("no commit's write was ever hurt: a blind trial") }
    return .of(
      findings,
      "\(hurt) runs hurt at \(places.count) calls (ENOSPC, a short write, EIO); \(refused) refused "
        + "requests or would not open, naming the ledger; \(commits) runs were hurt in a commit's "
        + "write; \(recovered) went on by themselves; 0 nano unrecorded")
  }

  private struct Outcome {
    var isHurt = false
    var isRefused = false
    var isRecovered = false
    /// Whether a write to the log was hurt, which is a commit's.
    var hitsCommit = false
    var findings: [String] = []
  }

  private static func fail(_ ground: Ground, plan: String) throws -> Outcome {
    let gateway = try ground.gateway("ledger")
    let asks = try ground.requests(requests, in: gateway)
    let trace = gateway.folder.appending(path: "trace")
    let run = try gateway.run(
      asks, atOnce: 4, on: Gateway.Machine(plan: plan, trace: trace), within: .seconds(60))
    let events = try FaultTrace(Array(Data(contentsOf: trace)))
    var outcome = Outcome(isHurt: events.hasFault)
    let told = try ClientLog.acknowledged(run.said.utf8)
    let unserved = told.filter { !$0.isServed }.count + requests - told.count
    outcome.isRefused = unserved > 0
    let isTold = run.complaint.contains("ledger") || run.said.contains("ledger")
    switch run.ending {
    case .exit(0): break
    case .exit(let code):
      if ![1, 3].contains(code) { outcome.findings.append("exit \(code): \(run.complaint)") }
    case .signal, .hung: outcome.findings.append("it ends with \(run.ending)")
    }
    if unserved > 0, !isTold {
      outcome.findings.append(
        "\(unserved) requests were not answered, and the ledger is not named: \(run.complaint)")
    }
    outcome.isRecovered = try hasGoneOn(events)
    outcome.hitsCommit = hitsLog(events)
    // A run that opened its ledger has to go on; one that could not ends before any call.
    if told.isEmpty, run.ending != .exit(3) {
      outcome.findings.append("a ledger that does not open ends the run with \(run.ending)")
    }
    if outcome.isHurt, !told.isEmpty, !outcome.isRecovered {
      outcome.findings.append("nothing was answered once the disk worked again")
    }
    let again = try ground.requests(4, in: gateway, name: "again")
    let second = try gateway.run(again, atOnce: 4, name: "again")
    if second.ending != .exit(0) {
      outcome.findings.append("the next run ends with \(second.ending): \(second.complaint)")
    }
    outcome.findings += try gateway.damage()
    outcome.findings += try ground.findings([run, second], on: gateway)
    return outcome
  }

  /// Whether a hurt call was one to the log: a commit's write.
  private static func hitsLog(_ trace: FaultTrace) -> Bool {
    var logs = Set<Int>()
    for event in trace.events {
      switch event.change {
      case .opened(let file, let path, _): if path.hasSuffix("-wal") { logs.insert(file) }
      case .fault(let file): if logs.contains(file) { return true }
      case .wrote, .truncated, .syncBegan, .syncEnded, .unlinked, .renamed, .said, .mapped, .failed:
        break
      }
    }
    return false
  }

  /// Whether the client got answers after the last failure.
  private static func hasGoneOn(_ trace: FaultTrace) throws -> Bool {
    let last = trace.events.lastIndex { event in
      if case .fault = event.change { true } else { false }
    }
    guard let last else { return false }
    let after = FaultTrace(events: Array(trace.events[last...]))
    return try ClientLog.acknowledged(after.said(before: after.events.count))
      .contains { $0.isServed }
  }
}
