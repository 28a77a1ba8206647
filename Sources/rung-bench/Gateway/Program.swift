import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// A program that runs beside this one until it is told to end.
final class Program {
  private let id: pid_t
  private var hasEnded = false

  /// Its output goes to the file `log`.
  init(_ path: String, _ arguments: [String], log: String) throws(BenchProblem) {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    for output: Int32 in [1, 2] {
      unsafe posix_spawn_file_actions_addopen(
        &actions, output, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }
    var words = unsafe ([path] + arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    var id: pid_t = 0
    guard unsafe posix_spawn(&id, path, &actions, nil, words, environ) == 0 else {
      throw BenchProblem("`\(path)` cannot be started")
    }
    self.id = id
  }

  /// Tells it to end and waits until it has.
  func end() {
    guard !hasEnded else { return }
    hasEnded = true
    kill(id, SIGTERM)
    var status: Int32 = 0
    _ = unsafe waitpid(id, &status, 0)
  }

  // MARK: What it takes

  /// User and system time of the process and its children that are there, to ten milliseconds.
  var processorSeconds: Double {
    get throws(BenchProblem) {
      var ticks = 0
      for id in family {
        let fields = try Self.statistics(id)
        guard fields.count > 12, let user = Int(fields[11]), let system = Int(fields[12]) else {
          throw BenchProblem("/proc says nothing of process \(id)")
        }
        ticks += user + system
      }
      return Double(ticks) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }
  }

  var residentMiB: Double {
    get throws(BenchProblem) {
      let status = (try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)) ?? ""
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
      guard let words = line?.split(separator: " "), words.count > 1, let size = Double(words[1])
      else { throw BenchProblem("/proc says nothing of the memory of process \(id)") }
      return size / 1024
    }
  }

  /// nginx works in a child.
  private var family: [pid_t] {
    let path = "/proc/\(id)/task/\(id)/children"
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return [id] + text.split(separator: " ").compactMap { pid_t($0) }
  }

  /// What stands after the name, which may hold anything, in brackets.
  private static func statistics(_ id: pid_t) throws(BenchProblem) -> [Substring] {
    let text = (try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8)) ?? ""
    guard let bracket = text.lastIndex(of: ")") else {
      throw BenchProblem("/proc says nothing of process \(id)")
    }
    return text[text.index(after: bracket)...].split(separator: " ")
  }

  // MARK: Looking and asking

  /// Where the program of this name is; nil if it is not installed.
  static func find(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return (folders.map(String.init) + ["/usr/sbin", "/usr/local/sbin"])
      .map { $0 + "/" + name }.first { unsafe access($0, X_OK) == 0 }
  }

  /// What a program that ends by itself has printed.
  static func output(of program: String, _ arguments: [String]) throws(BenchProblem) -> String {
    let log = NSTemporaryDirectory() + "rung-bench-output-\(getpid())"
    defer { _ = unsafe unlink(log) }
    _ = unsafe unlink(log)
    let program = try Program(program, arguments, log: log)
    program.hasEnded = true
    var status: Int32 = 0
    _ = unsafe waitpid(program.id, &status, 0)
    return (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
  }
}
