import RoutingGateway

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What a file looks like from outside.
enum FileStamp {
  /// Nil if nothing is there; links are followed.
  static func of(_ path: String) -> FileLook.Stamp? {
    var found = stat()
    guard unsafe stat(path, &found) == 0 else { return nil }
    #if canImport(Darwin)
      let time = found.st_mtimespec
    #else
      let time = found.st_mtim
    #endif
    return FileLook.Stamp(
      device: UInt64(truncatingIfNeeded: found.st_dev),
      file: UInt64(truncatingIfNeeded: found.st_ino), size: Int64(found.st_size),
      changed: Int128(time.tv_sec) * 1_000_000_000 + Int128(time.tv_nsec))
  }
}
