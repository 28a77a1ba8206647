import Foundation
import PromiseEvidence

/// A power loss loses no acknowledged row of a durable ledger.
///
/// What runs write and sync is recorded, standard output among it. At a random instant the disk is
/// built as a power loss may leave it; a reader must find every row the client had been told of by
/// then, and a new run must go on from there. The same is done to a ledger that is only crash safe,
/// where rows must be missing: else the instrument sees nothing.
enum B2: Promise {
  static let name = "B2"
  static let text = "a power loss loses no acknowledged row of a durable ledger"

  private static let requests = 60

  static func tried(_ trial: Trial) async throws -> Verdict {
    guard trial.programs.faults != nil else {
      return .notRun("what programs write can be recorded on Linux only")
    }
    let ground = try Ground(trial, "b2")
    let losses = trial.count(100, atLeast: 8)
    var findings: [String] = []
    var unsynced = 0
    var recording: Recording?
    for index in 0..<losses {
      trial.progress.show("B2 power loss \(index + 1) of \(losses)")
      // Ten losses to a recording: recordings differ in how requests meet in commits.
      if index % 10 == 0 { recording = try record(ground, isDurable: true) }
      guard let recording else { break }
      let loss = try lose(recording, index, ground)
      unsynced += loss.unsynced
      findings += try opened(recording, loss, ground)
    }
    let weak = try record(ground, isDurable: false)
    let seen = try (0..<10).count { index in
      let loss = try lose(weak, index * PowerLoss.Manner.allCases.count, ground)
      return try !missing(weak, loss).isEmpty
    }
    if seen == 0 { findings.append("a ledger that is only crash safe lost nothing: a blind trial") }
    if unsynced == 0 { findings.append("nothing was unsynced at any instant: a blind trial") }
    return .of(
      findings,
      "\(losses) power losses over \(unsynced / 1024) KiB of unsynced writes; 0 acknowledged rows "
        + "lost, 0 ledgers that do not open (crash safe only, rows were missing after \(seen) of 10)"
    )
  }

  private struct Recording {
    let gateway: Gateway
    let trace: FaultTrace
    let said: [UInt8]
  }

  private struct Loss {
    let instant: Int
    let manner: PowerLoss.Manner
    let gateway: Gateway
    let unsynced: Int
  }

  private static func record(_ ground: Ground, isDurable: Bool) throws -> Recording {
    let gateway = try ground.gateway("recorded", isDurable: isDurable)
    let file = gateway.folder.appending(path: "trace")
    let asks = try ground.requests(requests, in: gateway)
    let run = try gateway.run(asks, atOnce: 8, on: Gateway.Machine(trace: file))
    guard run.ending == .exit(0) else { throw PromiseFailure("a run fails: \(run.complaint)") }
    let trace = try FaultTrace(Array(Data(contentsOf: file)))
    let hasSecrets = trace.events.contains { event in
      if case .mapped(let number) = event.change { !isIndex(number, trace) } else { false }
    }
    guard !hasSecrets else { throw PromiseFailure("the ledger is written through a mapping") }
    return Recording(gateway: gateway, trace: trace, said: Array(run.said.utf8))
  }

  /// The index of a write-ahead log is mapped; SQLite makes it anew after a crash.
  private static func isIndex(_ file: Int, _ trace: FaultTrace) -> Bool {
    trace.events.contains { event in
      if case .opened(file, let path, _) = event.change { path.hasSuffix("-shm") } else { false }
    }
  }

  /// Builds the disk of one loss.
  ///
  /// Half of the instants are right after an acknowledgement, where a ledger that tells too early
  /// shows it.
  private static func lose(
    _ recording: Recording, _ index: Int, _ ground: Ground
  ) throws -> Loss {
    let events = recording.trace.events
    let told = events.indices.filter { index in
      if case .said = events[index].change { true } else { false }
    }
    let instant =
      index % 2 == 0 && !told.isEmpty
      ? told[ground.number(below: told.count)] + 1 : 1 + ground.number(below: events.count)
    let manner = PowerLoss.Manner.allCases[index % PowerLoss.Manner.allCases.count]
    let loss = PowerLoss(of: recording.trace, before: instant)
    let gateway = try ground.gateway("lost", isDurable: true)
    let files = ground.withRandom { loss.files(manner, using: &$0) }
    for (path, bytes) in files where !path.hasSuffix("-shm") {
      let name = URL(filePath: path).lastPathComponent
      try Data(bytes).write(to: gateway.folder.appending(path: name))
    }
    return Loss(instant: instant, manner: manner, gateway: gateway, unsynced: loss.unsynced)
  }

  /// Rows the client had been told of, and the ledger does not have.
  private static func missing(_ recording: Recording, _ loss: Loss) throws -> [String] {
    let said = recording.trace.said(before: loss.instant)
    let told = try ClientLog.acknowledged(said)
    guard !told.isEmpty else { return [] }
    guard let book = try? LedgerBook(at: loss.gateway.ledger) else { return ["the whole ledger"] }
    let kept = Set(book.evidence.filter { !$0.isLost }.compactMap(\.marker))
    return told.filter { !kept.contains($0.marker) }.map { "\($0.marker)" }
  }

  /// What is wrong with the ledger after the loss, before and after a new run.
  private static func opened(
    _ recording: Recording, _ loss: Loss, _ ground: Ground
  ) throws -> [String] {
    let words = "power loss (\(loss.manner.rawValue)) at event \(loss.instant)"
    let asks = try ground.requests(4, in: loss.gateway)
    let run = try loss.gateway.run(asks, atOnce: 4)
    guard run.ending == .exit(0) else {
      return ["\(words): the next run ends with \(run.ending): \(run.complaint)"]
    }
    var findings = try missing(recording, loss).map { "\(words): \($0) is missing" }
    findings += try loss.gateway.damage().map { "\(words): \($0)" }
    return findings
  }
}
