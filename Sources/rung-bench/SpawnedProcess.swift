#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// A whole process that has ended, and what it took.
struct SpawnedProcess {
  /// -1 if it could not be started.
  let code: Int32
  /// Of user and system together, in seconds.
  var processorTime = 0.0
  /// The most it held, in KiB.
  var peak = 0

  /// Runs a program and waits, its output thrown away; what it says of errors too if that is wanted.
  ///
  /// Spawned and awaited by the system's own calls: Foundation's looks for the end only every fifty
  /// milliseconds.
  @discardableResult
  static func run(
    _ program: String, _ arguments: [String], withoutErrors isMute: Bool = false
  ) -> SpawnedProcess {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = unsafe posix_spawn_file_actions_t()
    #endif
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    if isMute { unsafe posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0) }
    var words = unsafe ([program] + arguments).map { unsafe strdup($0) }
    unsafe words.append(nil)
    defer { unsafe words.forEach { unsafe free($0) } }
    var process: pid_t = 0
    var nothing: UnsafeMutablePointer<CChar>?
    guard unsafe posix_spawn(&process, program, &actions, nil, words, &nothing) == 0 else {
      return SpawnedProcess(code: -1)
    }
    var status: Int32 = 0
    var usage = rusage()
    guard unsafe wait4(process, &status, 0, &usage) == process else {
      return SpawnedProcess(code: -1)
    }
    return SpawnedProcess(
      code: (status >> 8) & 0xFF,
      processorTime: seconds(usage.ru_utime) + seconds(usage.ru_stime), peak: usage.ru_maxrss)
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1e6
  }
}
