import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// Whole processes: what a user waits for.
enum ProcessBench {
  static func run(_ report: inout Report) {
    guard let rung = ProcessInfo.processInfo.environment["RUNG"] else {
      print("whole process: RUNG names no program, nothing was measured")
      return
    }
    guard FileManager.default.fileExists(atPath: "policies/support/policy.rung") else {
      print("whole process: not started in the project's folder, nothing was measured")
      return
    }
    let check = ["check", "policies/support"]
    guard SpawnedProcess.run(rung, check).code == 0 else {
      print("whole process: rung check fails")
      return
    }
    let time = Stopwatch.median(runs: 41) { _ = SpawnedProcess.run(rung, check) }
    report.add("rung check policies/support, whole process", time / 1e6, "ms", atMost: 20)
    measureAll(rung, &report)
    let nothing = Stopwatch.median(runs: 41) { _ = SpawnedProcess.run("/bin/true", []) }
    report.add("  of which starting any process", nothing / 1e6, "ms")
  }

  /// One process that checks and lints every policy we ship.
  private static func measureAll(_ rung: String, _ report: inout Report) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "policies")) ?? []
    let policies = names.sorted().map { "policies/" + $0 }.filter {
      FileManager.default.fileExists(atPath: $0 + "/policy.rung")
    }
    guard !policies.isEmpty, SpawnedProcess.run(rung, ["check"] + policies).code == 0 else {
      print("whole process: rung check of every policy fails")
      return
    }
    let time = Stopwatch.median(runs: 41) { _ = SpawnedProcess.run(rung, ["check"] + policies) }
    report.add(
      "rung check of all \(policies.count) policies, whole process", time / 1e6, "ms", atMost: 60)
  }
}
