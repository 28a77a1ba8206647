import LedgerSimulation
import Testing

@Suite struct `The book under many clients` {
  @Test func `keeps every promise over 500 seeds`() {
    var admitted = 0
    for seed in 0..<UInt64(500) {
      var settings = BookSimulation.Settings(seed: seed)
      settings.requests = 60 + Int(seed % 5) * 20
      settings.clients = [1, 4, 16, 64][Int(seed % 4)]
      let report = BookSimulation.run(settings)
      #expect(report.findings.isEmpty, "\(report.findings)")
      admitted += report.admitted
    }
    #expect(admitted > 5_000)
  }

  @Test func `keeps every promise over 100,000 requests`() {
    var settings = BookSimulation.Settings(seed: 4)
    settings.requests = 100_000
    settings.clients = 256
    let report = BookSimulation.run(settings)
    #expect(report.findings.isEmpty, "\(report.findings)")
    #expect(report.admitted > 1_000)
    #expect(report.refused > report.admitted)
    #expect(report.lost > 50)
    #expect(report.mostCounters < 5_000)
  }

  @Test func `replays a seed`() {
    var settings = BookSimulation.Settings(seed: 11)
    settings.requests = 500
    let first = BookSimulation.run(settings)
    #expect(BookSimulation.run(settings).digest == first.digest)
    settings.seed = 12
    #expect(BookSimulation.run(settings).digest != first.digest)
  }

  @Test(arguments: BookFault.allCases)
  func `finds a planted mistake`(fault: BookFault) {
    let isFound = (0..<UInt64(40)).contains { seed in
      var settings = BookSimulation.Settings(seed: seed)
      settings.fault = fault
      return !BookSimulation.run(settings).findings.isEmpty
    }
    #expect(isFound, "\(fault) went unseen")
  }
}
