import LedgerSimulation

/// A hard cap is usable: what is left of it is not locked up.
enum A2: Promise {
  static let name = "A2"
  static let text = "at least cap / reservation requests get through; then nothing stays reserved"

  static func tried(_ trial: Trial) async throws -> Verdict {
    let simulated = SimulatedTrial(trial, name: "A2", requests: trial.count(100_000, atLeast: 3000))
    let cap = try CapTrial.run(trial, name: "a2")
    var findings = simulated.findings.map(\.description) + simulated.blindness + cap.findings
    let least = Int(cap.cap / max(1, cap.largest))
    if cap.largest == 0 || least < 3 {
      findings.append("the cap holds no reservation: a blind trial")
    }
    if cap.admitted < least {
      findings.append("\(cap.admitted) requests got through, \(least) must")
    }
    if cap.open > 0 { findings.append("\(cap.open) reservations are left when all is quiet") }
    return .of(
      findings,
      "0 nano left reserved after \(simulated.requests) simulated requests over "
        + "\(simulated.endings.count) ends, \(simulated.crashes) deaths and "
        + "\(simulated.failedCommits) failed commits; \(cap.admitted) of \(cap.requests) got "
        + "through rung run, at least \(least) had to")
  }
}
