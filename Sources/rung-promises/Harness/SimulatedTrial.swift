import LedgerSimulation

/// The ledger's engine under a seeded scheduler: provider, disk, clock and deaths by the seed.
struct SimulatedTrial {
  private(set) var requests = 0
  private(set) var runs = 0
  private(set) var crashes = 0
  private(set) var failedCommits = 0
  private(set) var endings: [RequestEnding: Int] = [:]
  private(set) var findings: [Finding] = []

  /// So many requests in runs of a thousand, 256 at a time, for ten times what the caps let through.
  ///
  /// Every other run has a disk that fails and a process that dies.
  init(_ trial: Trial, name: String, requests wanted: Int) {
    while requests < wanted {
      trial.progress.show("\(name) simulated request \(requests) of \(wanted)")
      var settings = LifecycleSimulation.Settings(seed: trial.seed &* 1_000_003 &+ UInt64(runs))
      settings.requests = min(1000, wanted - requests)
      settings.clients = 256
      settings.isTroubled = runs % 2 == 1
      let report = LifecycleSimulation.run(settings)
      runs += 1
      requests += settings.requests
      crashes += report.crashes
      failedCommits += report.failedCommits
      endings.merge(report.endings, uniquingKeysWith: +)
      findings += report.findings
    }
  }

  /// What must be blamed on something: a simulation in which nothing went wrong shows nothing.
  var blindness: [String] {
    var reasons: [String] = []
    if endings[.refusedByBudget, default: 0] * 4 < requests {
      reasons.append("the budgets refused few simulated requests: a blind trial")
    }
    if requests >= 2000, crashes == 0 || failedCommits == 0 {
      reasons.append("no simulated process died or no commit failed: a blind trial")
    }
    return reasons
  }
}
