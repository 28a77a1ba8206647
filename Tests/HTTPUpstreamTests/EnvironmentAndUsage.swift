import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#endif

/// Sets a variable of this process's environment.
func setEnvironment(_ name: String, _ value: String) { unsafe _ = setenv(name, value, 1) }

/// What this process has used, as the system counts it.
enum Usage {
  /// RUSAGE_SELF, which is of another type on each system.
  private static let itself: Int32 = 0

  /// Processor time in seconds.
  static var processorSeconds: Double {
    var usage = rusage()
    unsafe _ = getrusage(itself, &usage)
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  /// Memory now resident, in bytes; on macOS the most that ever was.
  static var memory: Int {
    #if canImport(Darwin)
      var usage = rusage()
      unsafe _ = getrusage(itself, &usage)
      return Int(usage.ru_maxrss)
    #else
      let pages = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        .split(separator: " ").dropFirst().first.flatMap { Int($0) }
      return (pages ?? 0) * Int(getpagesize())
    #endif
  }

  private static func seconds(_ time: timeval) -> Double {
    Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000
  }
}
