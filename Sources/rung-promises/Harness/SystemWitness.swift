import Foundation
import PromiseEvidence

/// strace beside our own record of one run: what the instrument does not see it cannot kill.
struct SystemWitness {
  let calls: Int
  let findings: [String]

  private static let program = URL(filePath: "/usr/bin/strace")
  private static let names = [
    "write", "writev", "pwrite64", "pwritev", "pwritev2", "ftruncate", "fallocate", "fsync",
    "fdatasync", "sync_file_range",
  ]

  static func watch(
    _ ground: Ground, requests: Int, atOnce: Int
  ) throws -> SystemWitness {
    guard FileManager.default.isExecutableFile(atPath: program.path) else {
      throw PromiseFailure("strace is missing: `make promises` installs it")
    }
    let gateway = try ground.gateway("watched")
    let trace = gateway.folder.appending(path: "trace")
    let log = gateway.folder.appending(path: "strace")
    let asks = try ground.requests(requests, in: gateway)
    var arguments = ["-f", "-qq", "-o", log.path, "-e", "trace=" + names.joined(separator: ",")]
    for suffix in ["", "-wal", "-shm", "-head", "-lock", "-journal"] {
      arguments += ["-P", gateway.ledger.path + suffix]
    }
    for (name, value) in try gateway.environment(Gateway.Machine(trace: trace)).sorted(
      by: { $0.key < $1.key })
    {
      arguments += ["-E", "\(name)=\(value)"]
    }
    arguments.append(ground.trial.programs.rung.path)
    arguments += gateway.arguments(asks, atOnce: atOnce)
    let child = try Child(
      Child.Start(program: program, arguments: arguments, folder: gateway.folder, name: "watched"))
    guard child.ending(within: .seconds(120)) == .exit(0) else {
      throw PromiseFailure("a run under strace fails: \(child.complaint)")
    }
    let result = Gateway.Result(
      ending: .exit(0), said: child.said, complaint: child.complaint)
    let seen = count(in: try String(contentsOf: log, encoding: .utf8))
    let recorded = count(in: try FaultTrace(Array(Data(contentsOf: trace))))
    var findings = try ground.findings([result], on: gateway)
    if seen != recorded {
      findings.append("strace saw \(seen) calls on the ledger's files, our record has \(recorded)")
    }
    return SystemWitness(calls: seen, findings: findings)
  }

  /// Calls that began: a call that another thread's came between has a second line that says so.
  private static func count(in log: String) -> Int {
    log.split(separator: "\n").count { line in
      // A process number, filled up with spaces, and the call.
      let call = line.drop { $0.isNumber }.drop { $0 == " " }
      return names.contains { call.hasPrefix($0 + "(") }
    }
  }

  /// The same calls as we have them: folders and the emptying of a file at its opening are not
  /// among them.
  private static func count(in trace: FaultTrace) -> Int {
    var folders: Set<Int> = []
    var openings: Set<Int> = []
    return trace.events.count { event in
      switch event.change {
      case .opened(let file, let path, _):
        if !path.contains("rung.ledger") { folders.insert(file) }
        openings.insert(event.call)
        return false
      case .wrote: return true
      case .truncated: return !openings.contains(event.call) || event.call == 0
      case .syncBegan(let file): return !folders.contains(file)
      case .syncEnded, .unlinked, .renamed, .said, .fault, .mapped, .failed: return false
      }
    }
  }
}
