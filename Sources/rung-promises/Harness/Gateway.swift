import Foundation
import PromiseEvidence
import RoutingLedger

/// `rung run` on a workload, with a ledger and a provider of ours.
struct Gateway {
  let programs: Programs
  let folder: URL
  let policy: URL
  let ledger: URL
  let provider: String
  var isDurable = false

  /// What the machine does to a run.
  struct Machine {
    /// As `CMachineFaults` reads it: `kill before 17`.
    var plan: String?
    var trace: URL?
    /// Added to the time of day, in milliseconds.
    var clock: Int64?

    var isNeeded: Bool { plan != nil || trace != nil || clock != nil }
  }

  /// A run that is over.
  struct Result {
    let ending: Child.Ending
    let said: String
    let complaint: String
  }

  func start(_ requests: URL, atOnce: Int, name: String, on machine: Machine = Machine()) throws
    -> Child
  {
    try Child(
      Child.Start(
        program: programs.rung, arguments: arguments(requests, atOnce: atOnce),
        environment: try environment(machine), folder: folder, name: name))
  }

  func arguments(_ requests: URL, atOnce: Int) -> [String] {
    var arguments = ["run", policy.path, requests.path, "--at-once", "\(atOnce)"]
    arguments += ["--format", "json", "--ledger", ledger.path, "--base-url", provider]
    if isDurable { arguments += ["--ledger-mode", "durable"] }
    return arguments
  }

  func environment(_ machine: Machine) throws -> [String: String] {
    var environment: [String: String] = [:]
    if machine.isNeeded {
      guard let faults = programs.faults else {
        throw PromiseFailure("librung-machine-faults.so is missing: `make promises` builds it")
      }
      environment["LD_PRELOAD"] = faults.path
      environment["RUNG_FAULT_FILES"] = ledger.path
      environment["RUNG_FAULT_PLAN"] = machine.plan
      environment["RUNG_FAULT_TRACE"] = machine.trace?.path
      environment["RUNG_FAULT_CLOCK"] = machine.clock.map { "\($0)" }
    }
    return environment
  }

  func run(
    _ requests: URL, atOnce: Int, name: String = "rung", on machine: Machine = Machine(),
    within limit: Duration = .seconds(120)
  ) throws -> Result {
    let child = try start(requests, atOnce: atOnce, name: name, on: machine)
    let ending = child.ending(within: limit)
    return Result(ending: ending, said: child.said, complaint: child.complaint)
  }

  /// What verifying finds, in this process.
  ///
  /// A page the log holds whole is no damage; a loss the ledger knows of is, here.
  func damage() throws -> [String] {
    try LedgerVerifier(path: ledger.path).verify().findings.compactMap { finding in
      if case .page(_, isInLog: true) = finding { nil } else { "verify finds: \(finding)" }
    }
  }

  /// `rung ledger verify`.
  func verify() throws -> Result {
    let child = try Child(
      Child.Start(
        program: programs.rung, arguments: ["ledger", "verify", "--ledger", ledger.path],
        folder: folder, name: "verify"))
    let ending = child.ending(within: .seconds(60))
    return Result(ending: ending, said: child.said, complaint: child.complaint)
  }
}
