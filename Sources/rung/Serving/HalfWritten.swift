import RoutingGateway

/// Files whose writer may not have come to the end yet.
enum HalfWritten {
  /// Whether a file is only the beginning of the one that is served.
  ///
  /// Such a file may well compile: whoever writes a policy anew in its place leaves, for a moment, a
  /// part of what was there, a guard short.
  static func isBeginning(_ path: String, of served: [UInt8]?) -> Bool {
    guard let served, let now = Files.bytes(path) else { return false }
    return now.count < served.count && served.starts(with: now)
  }

  static func failure(_ path: String) -> PolicyLoadFailure {
    PolicyLoadFailure(
      summary: "`\(path)` is the beginning of the file that is served, as if it were still being "
        + "written: it is taken when it has stood still for "
        + "\(FileRest.beginning.components.seconds) seconds, and on SIGHUP",
      isOfBeginning: true)
  }
}
