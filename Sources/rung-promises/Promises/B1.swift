import Foundation
import PromiseEvidence

/// kill -9 at any instant loses no acknowledged row and doubles none.
///
/// One run is recorded; then as many runs are killed, each at another call that changes or syncs the
/// ledger's files or tells the client: before the call, in its middle or after it. Others are killed
/// from outside at random. After each the ledger is opened again by a new run and verified, and
/// client, provider and ledger must agree on every request.
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
    for (index, number) in numbers.enumerated() {
      trial.progress.show("B1 kill \(index + 1) of \(numbers.count)")
      let plan = "kill \(moments[(index + number) % moments.count]) \(number)"
      let (isKilled, found) = try killedAndRestarted(ground, plan: plan)
      if isKilled { killed += 1 }
      findings += found.map { "\(plan): \($0)" }
    }
    let random = trial.count(50, atLeast: 5)
    var randomKills = 0
    for index in 0..<random {
      trial.progress.show("B1 random kill \(index + 1) of \(random)")
      let (isKilled, found) = try killedAtRandom(ground)
      if isKilled { randomKills += 1 }
      findings += found.map { "a kill at random: \($0)" }
    }
    // Runs differ in how many commits they need, so the last calls of the recorded one may not come.
    if killed * 20 < numbers.count * 19 {
      findings.append("only \(killed) of \(numbers.count) kills came to be")
    }
    if randomKills * 2 < random { findings.append("only \(randomKills) random kills came to be") }
    return .of(
      findings,
      "\(killed) of \(calls) calls killed once (\(numbers.count) tried; strace saw the same "
        + "\(witness.calls) calls as we), \(randomKills) runs killed at random; 0 acknowledged rows lost, 0 doubled, 0 nano unrecorded"
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

  private static func killedAndRestarted(
    _ ground: Ground, plan: String
  ) throws -> (isKilled: Bool, findings: [String]) {
    let gateway = try ground.gateway("ledger")
    let file = try ground.requests(requests, in: gateway)
    let run = try gateway.run(file, atOnce: atOnce, on: Gateway.Machine(plan: plan))
    return try (run.ending == .signal(SIGKILL), restarted(ground, gateway, after: run))
  }

  private static func killedAtRandom(
    _ ground: Ground
  ) throws -> (isKilled: Bool, findings: [String]) {
    let gateway = try ground.gateway("ledger")
    let file = try ground.requests(requests, in: gateway)
    let child = try gateway.start(file, atOnce: atOnce, name: "rung")
    // A run takes about a fifth of a second.
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
    let verified = try gateway.verify()
    if verified.ending != .exit(0) {
      findings.append("verify ends with \(verified.ending): \(verified.said)\(verified.complaint)")
    }
    return try findings + ground.findings([run, second], on: gateway)
  }

  /// So many numbers from 1 to `count`, evenly.
  static func spread(_ wanted: Int, over count: Int) -> [Int] {
    let wanted = min(wanted, count)
    return (0..<wanted).map { 1 + $0 * count / wanted }
  }
}
