import Foundation
import JSONReading
import RoutingLedger
import StandInProvider
import Testing

/// Every fault a provider or its connection can have, through a real gateway over HTTP.
@Suite(.serialized) struct `The table of faults` {
  /// At a time; more would have them wait for the processor and not for their provider.
  private static let atOnce = 4

  @Test func `has fifty-six faults, each once`() {
    #expect(ListedFault.all.count == 56 && Set(ListedFault.all).count == 56)
    #expect(FaultCell.all.count <= 224 && Set(FaultCell.all).count == FaultCell.all.count)
  }

  @Test func `every fault, plain and streamed, with a tier left and at the last tier`()
    async throws
  {
    guard let certificates = try await Certificates() else {
      print("no openssl here: the table of faults was not run")
      return
    }
    defer { certificates.stop() }
    let peers = try BrokenPeers(certificates)
    defer { peers.stop() }
    let start = ContinuousClock.now
    var verdicts: [FaultVerdict] = []
    var again = 0
    try await withThrowingTaskGroup(of: SecondChance<FaultVerdict>.self) { group in
      var cells = FaultCell.all[...]
      func next() {
        guard let cell = cells.popFirst() else { return }
        group.addTask {
          try await SecondChance.of {
            try await run(cell, peers, trusting: certificates.trusted)
          } isRight: {
            $0.problems.isEmpty
          }
        }
      }
      for _ in 0..<Self.atOnce { next() }
      while let tried = try await group.next() {
        verdicts.append(tried.outcome)
        again += tried.isFirst ? 0 : 1
        next()
      }
    }
    FaultReport(verdicts, took: ContinuousClock.now - start).show()
    if again > 0 { print("\(again) cells were tried again") }
    #expect(again * 20 <= FaultCell.all.count)
    #expect(verdicts.count == FaultCell.all.count)
    for verdict in verdicts where !verdict.problems.isEmpty {
      let problems = verdict.problems.joined(separator: "; ")
      Issue.record("\(verdict.cell.testDescription): \(problems) (\(verdict.attempts))")
    }
    try checkErrors(verdicts)
  }

  /// Every error a caller sees is one of the API's description.
  private func checkErrors(_ verdicts: [FaultVerdict]) throws {
    guard let schema = try OpenAISchema("ErrorResponse") else { return }
    let errors = verdicts.compactMap { verdict in
      verdict.answer.error.map { (verdict.cell, $0.bytes) }
    }
    for (cell, bytes) in errors {
      #expect(
        schema.accepts(bytes),
        "\(cell.testDescription): \(String(decoding: bytes, as: UTF8.self))")
    }
    print("\(errors.count) errors and error events held to the description of ErrorResponse")
  }

  private func run(
    _ cell: FaultCell, _ peers: BrokenPeers, trusting certificates: String
  ) async throws -> FaultVerdict {
    var verdict: FaultVerdict?
    try await FaultGround.with(cell.fault, peers, trusting: certificates) { ground in
      let start = ContinuousClock.now
      let answer = await CallerAnswer.of(FaultGround.request(cell), to: ground)
      let elapsed = ContinuousClock.now - start
      var rows: [LedgerEntry] = []
      let reader = try LedgerReader(path: ground.ledgerPath)
      try reader.forEach {
        rows.append($0.entry)
        return true
      }
      verdict = FaultVerdict(
        cell, answer, rows: rows, wall: ground.standIn.stats, elapsed: elapsed,
        openRequests: ground.ledger.openRequests.count)
    }
    return try #require(verdict)
  }
}
