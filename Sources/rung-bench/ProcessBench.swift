import Foundation

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
    guard start(rung, check) == 0 else {
      print("whole process: rung check fails")
      return
    }
    let time = Stopwatch.median(runs: 41) { _ = start(rung, check) }
    report.add("rung check policies/support, whole process", time / 1e6, "ms", atMost: 20)
    let nothing = Stopwatch.median(runs: 41) { _ = start("/bin/true", []) }
    report.add("  of which starting any process", nothing / 1e6, "ms")
  }

  /// The exit code; -1 if it could not be started.
  private static func start(_ program: String, _ arguments: [String]) -> Int32 {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }
}
