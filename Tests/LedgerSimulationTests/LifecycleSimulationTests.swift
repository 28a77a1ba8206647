import LedgerSimulation
import Testing

@Suite struct `Requests through the ledger` {
  @Test func `keep every promise over 500 seeds, whatever befalls them`() {
    var endings: [RequestEnding: Int] = [:]
    var adopted = 0
    var crashes = 0
    for seed in 0..<UInt64(500) {
      var settings = LifecycleSimulation.Settings(seed: seed)
      settings.requests = 30 + Int(seed % 4) * 20
      settings.clients = [1, 4, 16, 64][Int(seed / 4 % 4)]
      settings.isTroubled = seed % 5 > 0
      let report = LifecycleSimulation.run(settings)
      #expect(report.findings.isEmpty, "\(report.findings)")
      endings.merge(report.endings) { $0 + $1 }
      adopted += report.adopted
      crashes += report.crashes
    }
    #expect(adopted > 0, "no request outlived its process")
    let missing = RequestEnding.allCases.filter { endings[$0, default: 0] == 0 }
    #expect(missing.isEmpty, "no request ended as \(missing)")
    #expect(crashes > 250)
  }

  @Test func `keep every promise over a long run`() {
    var settings = LifecycleSimulation.Settings(seed: 9)
    settings.requests = 10_000
    settings.clients = 256
    let report = LifecycleSimulation.run(settings)
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(report.rows > 3_000)
    #expect(report.failedCommits > 20)
  }

  @Test func `replay a seed`() {
    var settings = LifecycleSimulation.Settings(seed: 3)
    let first = LifecycleSimulation.run(settings)
    let again = LifecycleSimulation.run(settings)
    #expect(again.digest == first.digest)
    #expect(again.endings == first.endings)
    settings.seed = 4
    #expect(LifecycleSimulation.run(settings).digest != first.digest)
  }

  /// What gives each mistake away; some can show in more than one way.
  static let signs: [(fault: LifecycleFault, signs: Set<Violation>)] = [
    (.callsBeforeCommit, [.unrecorded]),
    (.acknowledgesBeforeCommit, [.lostRow]),
    (.skipsNotes, [.unrecorded]),
    (.ignoresExpiry, [.stuck]),
    (.forgetsCancelled, [.stuck]),
    (.ignoresKeys, [.billedTwice]),
    (.omitsClaim, [.miscounted, .capPassed]),
    (.settlesTooLittle, [.unrecorded]),
    (.keepsHalf, [.doubleRow]),
    (.keepsThoughFailing, [.doubleRow]),
    (.forgetsLast, [.lostRow, .unrecorded]),
    (.losesOpen, [.miscounted, .stuck]),
    (.losesCharge, [.miscounted, .rowsDiffer]),
  ]

  @Test(arguments: LifecycleFault.allCases)
  func `show a planted mistake`(fault: LifecycleFault) throws {
    let signs = try #require(Self.signs.first { $0.fault == fault }?.signs)
    var found = 0
    for seed in 0..<UInt64(60) where found < 3 {
      var settings = LifecycleSimulation.Settings(seed: seed)
      settings.fault = fault
      guard let finding = LifecycleSimulation.run(settings).findings.first else { continue }
      found += 1
      #expect(signs.contains(finding.what), "\(finding)")
    }
    #expect(found > 0, "\(fault) went unseen")
  }
}
