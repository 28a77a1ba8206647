#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What this process has taken of the processors so far.
struct ProcessorTime {
  /// User and system together, in nanoseconds.
  let nanoseconds: Double
  let system: Double
  let switches: Int

  static var now: ProcessorTime {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let system = nanoseconds(usage.ru_stime)
    return ProcessorTime(
      nanoseconds: nanoseconds(usage.ru_utime) + system, system: system,
      switches: usage.ru_nvcsw + usage.ru_nivcsw)
  }

  private static func nanoseconds(_ time: timeval) -> Double {
    Double(time.tv_sec) * 1e9 + Double(time.tv_usec) * 1e3
  }
}
