import PolicyWorkspace

/// Files whose writer has not come to the end yet.
enum HalfWritten {
  /// Refuses a file that is only the beginning of the one that is served.
  ///
  /// Such a file may well compile: whoever writes a policy anew in its place leaves, for a moment, a
  /// part of what was there, a guard short. Whoever means it says so by SIGHUP or a request.
  static func refuse(
    _ now: PolicySources, after served: PolicySources
  ) throws(CommandFailure) {
    for file in now.files {
      guard let before = served.bytes(of: file.path) else { continue }
      try refuse(file.path, file.bytes, after: before)
    }
  }

  static func refuse(
    _ path: String, _ now: [UInt8], after before: [UInt8]
  ) throws(CommandFailure) {
    guard now.count < before.count, before.starts(with: now) else { return }
    throw CommandFailure(
      "`\(path)` is the beginning of the file that is served, as if it were still being "
        + "written: if it is meant so, send SIGHUP")
  }
}
