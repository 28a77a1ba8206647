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
    guard start(rung, check) == 0 else {
      print("whole process: rung check fails")
      return
    }
    let time = Stopwatch.median(runs: 41) { _ = start(rung, check) }
    report.add("rung check policies/support, whole process", time / 1e6, "ms", atMost: 20)
    measureAll(rung, &report)
    let nothing = Stopwatch.median(runs: 41) { _ = start("/bin/true", []) }
    report.add("  of which starting any process", nothing / 1e6, "ms")
  }

  /// One process that checks and lints every policy we ship.
  private static func measureAll(_ rung: String, _ report: inout Report) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "policies")) ?? []
    let policies = names.sorted().map { "policies/" + $0 }.filter {
      FileManager.default.fileExists(atPath: $0 + "/policy.rung")
    }
    guard !policies.isEmpty, start(rung, ["check"] + policies) == 0 else {
      print("whole process: rung check of every policy fails")
      return
    }
    let time = Stopwatch.median(runs: 41) { _ = start(rung, ["check"] + policies) }
    report.add(
      "rung check of all \(policies.count) policies, whole process", time / 1e6, "ms", atMost: 60)
  }

  /// The exit code; -1 if it could not be started.
  ///
  /// Spawned and awaited by the system's own calls: Foundation's looks for the end only every fifty
  /// milliseconds.
  private static func start(_ program: String, _ arguments: [String]) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    var process: pid_t = 0
    var nothing: UnsafeMutablePointer<CChar>?
    guard unsafe posix_spawn(&process, program, &actions, nil, words, &nothing) == 0 else {
      return -1
    }
    var status: Int32 = 0
    guard unsafe waitpid(process, &status, 0) == process else { return -1 }
    return (status >> 8) & 0xFF
  }
}
