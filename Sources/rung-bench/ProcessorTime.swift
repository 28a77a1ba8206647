#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What this process has taken of the processors so far.
struct ProcessorTime {
  /// User and system together.
  let nanoseconds: Double

  static var now: ProcessorTime {
    var usage = rusage()
    #if canImport(Darwin)
      _ = unsafe getrusage(RUSAGE_SELF, &usage)
    #else
      _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    #endif
    return ProcessorTime(nanoseconds: nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime))
  }

  private static func nanoseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1e9 + Double(time.tv_usec) * 1e3
  }
}
