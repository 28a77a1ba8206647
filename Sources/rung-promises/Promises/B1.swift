import Foundation
import PromiseEvidence

/// kill -9 at any instant loses no acknowledged row and doubles none.
///
/// One run is recorded; then as many runs are killed, each at another call that changes or syncs the
/// ledger's files or tells the client: before the call, in its middle or after it. Others are killed
/// from outside at random, every second one on a durable ledger. After each the ledger is opened
/// again by a new run and verified, and client, provider and ledger must agree on every request.
enum B1: Promise {
  static let name = "B1"
  static let text = "kill -9 at any instant loses no acknowledged row and doubles none"

  private static let requests = 200
  private static let atOnce = 16
  private static let moments = ["before", "half", "after"]

  static func tried(_ trial: Trial) async throws -> Verdict {
    guard trial.programs.faults != nil else {
      return .notRun("programs can be killed at their calls on Linux only")
    }
    let ground = try Ground(trial, "b1")
    let (calls, seen) = try recorded(ground)
    let witness = try SystemWitness.watch(ground, requests: requests, atOnce: atOnce)
    var findings = seen + witness.findings
    let numbers = spread(trial.count(calls, atLeast: 12), over: calls)
    var killed = 0
    var beyond = 0
    for (index, number) in numbers.enumerated() {
      trial.progress.show("B1 kill \(index + 1) of \(numbers.count)")
      let plan = "kill \(moments[(index + number) % moments.count]) \(number)"
      let death = try killedAndRestarted(ground, plan: plan, at: number)
      if death.isKilled { killed += 1 }
      if death.isBeyond { beyond += 1 }
      findings += death.findings.map { "\(plan): \($0)" }
    }
    let random = trial.count(50, atLeast: 5)
    var randomKills = 0
    for index in 0..<random {
      trial.progress.show("B1 random kill \(index + 1) of \(random)")
      let (isKilled, found) = try killedAtRandom(ground, isDurable: index % 2 == 1)
      if isKilled { randomKills += 1 }
      findings += found.map { "a kill at random: \($0)" }
    }
    // Runs differ in how many commits they need, so the last calls of the recorded one may not come.
    if killed + beyond < numbers.count || killed * 2 < numbers.count {
      findings.append("only \(killed) of \(numbers.count) kills came to be")
    }
    if randomKills * 2 < random { findings.append("only \(randomKills) random kills came to be") }
    return .of(
      findings,
      "\(killed) runs killed at another call each, of \(calls) in the recorded run (\(beyond) were "
        + "beyond a shorter run's last; strace saw the same \(witness.calls) calls of a run as we), "
        + "\(randomKills) at random; 0 acknowledged rows lost, 0 doubled, 0 nano unrecorded"
    )
  }

  /// How many calls a run makes that can be its last.
  private static func recorded(_ ground: Ground) throws -> (calls: Int, findings: [String]) {
    let gateway = try ground.gateway("recorded")
    let trace = gateway.folder.appending(path: "trace")
    let file = try ground.requests(requests, in: gateway)
    let run = try gateway.run(file, atOnce: atOnce, on: Gateway.Machine(trace: trace))
    guard run.ending == .exit(0) else {
      throw PromiseFailure("the run to be killed fails by itself: \(run.complaint)")
    }
    let calls = try FaultTrace(Array(Data(contentsOf: trace))).calls
    guard calls > requests else {
      throw PromiseFailure("a run of \(requests) requests made only \(calls) calls")
    }
    return (calls, try ground.findings([run], on: gateway))
  }

  private struct Death {
    var isKilled = false
    /// The run had fewer calls than that.
    var isBeyond = false
    var findings: [String] = []
  }

  private static func killedAndRestarted(
    _ ground: Ground, plan: String, at number: Int
  ) throws -> Death {
    var death = Death()
    for _ in 0..<3 where !death.isKilled {
      let gateway = try ground.gateway("ledger")
      let trace = gateway.folder.appending(path: "trace")
      let file = try ground.requests(requests, in: gateway)
      let run = try gateway.run(
        file, atOnce: atOnce, on: Gateway.Machine(plan: plan, trace: trace))
      death.isKilled = run.ending == .signal(SIGKILL)
      if !death.isKilled {
        let calls = try FaultTrace(Array(Data(contentsOf: trace))).calls
        death.isBeyond = calls < number
        if !death.isBeyond { death.findings.append("a run of \(calls) calls was not killed") }
      }
      death.findings += try restarted(ground, gateway, after: run)
    }
    if death.isKilled { death.isBeyond = false }
    return death
  }

  private static func killedAtRandom(
    _ ground: Ground, isDurable: Bool
  ) throws -> (isKilled: Bool, findings: [String]) {
    let gateway = try ground.gateway("ledger", isDurable: isDurable)
    // So many that the run goes on for some tenths of a second.
    let file = try ground.requests(10 * requests, in: gateway)
    let child = try gateway.start(file, atOnce: atOnce, name: "rung")
    usleep(UInt32(1000 + ground.number(below: 150_000)))
    child.kill()
    let ending = child.ending(within: .seconds(60))
    let run = Gateway.Result(ending: ending, said: child.said, complaint: child.complaint)
    return try (ending == .signal(SIGKILL), restarted(ground, gateway, after: run))
  }

  private static func restarted(
    _ ground: Ground, _ gateway: Gateway, after run: Gateway.Result
  ) throws -> [String] {
    let again = try ground.requests(8, in: gateway, name: "again")
    let second = try gateway.run(again, atOnce: 8, name: "again")
    var findings: [String] = []
    if run.ending == .hung { findings.append("it hangs") }
    if second.ending != .exit(0) {
      findings.append("the next run ends with \(second.ending): \(second.complaint)")
    }
    findings += try gateway.damage()
    return try findings + ground.findings([run, second], on: gateway)
  }

  /// So many numbers from 1 to `count`, evenly.
  static func spread(_ wanted: Int, over count: Int) -> [Int] {
    let wanted = min(wanted, count)
    return (0..<wanted).map { 1 + $0 * count / wanted }
  }
}
