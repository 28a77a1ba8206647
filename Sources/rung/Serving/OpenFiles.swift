#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// How many files and connections this process may have open.
enum OpenFiles {
  /// Takes all the system lets a process have.
  ///
  /// Every stream is two connections, and many systems start programs with room for five hundred.
  static func takeAll() {
    var limits = rlimit()
    guard unsafe getrlimit(Self.kind, &limits) == 0, limits.rlim_cur < limits.rlim_max else {
      return
    }
    #if canImport(Darwin)
      // macOS refuses more than this, whatever its hard limit says.
      limits.rlim_cur = min(limits.rlim_max, rlim_t(OPEN_MAX))
    #else
      limits.rlim_cur = limits.rlim_max
    #endif
    // Where it is refused, there are as many as before.
    _ = unsafe setrlimit(Self.kind, &limits)
  }

  #if canImport(Darwin)
    private static let kind = RLIMIT_NOFILE
  #else
    private static let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #endif
}
