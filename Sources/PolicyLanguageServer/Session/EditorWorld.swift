package import PolicyEditing

/// What the server is told of the world outside it: the disk, and how a policy is read.
///
/// Everything is asked for anew each time; what stands in an editor goes before what is on disk.
package struct EditorWorld: Sendable {
  package typealias Reading = (_ path: String) -> [UInt8]?

  /// The version of this program.
  let version: String
  /// The bytes of a file; nil if it cannot be read.
  let read: @Sendable (_ path: String) -> [UInt8]?
  /// The names in a folder, which ends with a slash; none if it is no folder.
  let names: @Sendable (_ folder: String) -> [String]
  /// Where a path leads through symbolic links; itself where it leads nowhere.
  let real: @Sendable (_ path: String) -> String
  let snapshot: @Sendable (PolicyPaths, PolicySnapshot?, Reading) -> PolicySnapshot

  /// - Parameters:
  ///   - version: of this program.
  ///   - read: the bytes of a file; nil if it cannot be read.
  ///   - names: the names in a folder, which ends with a slash; none if it is no folder.
  ///   - real: where a path leads through symbolic links; itself where it leads nowhere.
  ///   - snapshot: reads a policy. With the same policy as it was before, if it was read before: what
  ///     has not changed need not be read again.
  package init(
    version: String,
    read: @escaping @Sendable (String) -> [UInt8]?,
    names: @escaping @Sendable (String) -> [String],
    real: @escaping @Sendable (String) -> String = { $0 },
    snapshot: @escaping @Sendable (PolicyPaths, PolicySnapshot?, Reading) -> PolicySnapshot
  ) {
    self.version = version
    self.read = read
    self.names = names
    self.real = real
    self.snapshot = snapshot
  }
}

/// The files a policy is read from, beside those it names itself.
package struct PolicyPaths: Hashable, Sendable {
  package let policy: String
  /// Files that hold nothing but tests of it.
  package let tests: [String]
  /// The `rung.yaml` that holds for it; nil if there is none.
  package let settings: String?
}
