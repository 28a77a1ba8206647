/// How a gateway gets the next version of its policy.
package struct PolicyLoading: Sendable {
  /// Reads and compiles what is on disk now, unless one of the files named is a mere beginning of what
  /// is served.
  package let load:
    @Sendable (LoadOccasion, _ suspects: Set<String>) throws(PolicyLoadFailure) -> ServedPolicy
  /// What the files look like from outside: it differs whenever one of them was written to, replaced,
  /// removed or has come.
  package let look: @Sendable () -> FileLook

  package init(
    load:
      @escaping @Sendable (LoadOccasion, _ suspects: Set<String>) throws(PolicyLoadFailure) ->
      ServedPolicy,
    look: @escaping @Sendable () -> FileLook
  ) {
    self.load = load
    self.look = look
  }
}

/// Who wants a new version.
package enum LoadOccasion: String, Hashable, Sendable {
  /// The files have changed; whoever writes them may not be done.
  case fileChange = "file change"
  case signal = "SIGHUP"
  case request = "POST /admin/reload"
}

/// Sizes, times and identities of the files a policy is made of, by their paths.
package struct FileLook: Hashable, Sendable {
  package struct Stamp: Hashable, Sendable {
    package let device: UInt64
    package let file: UInt64
    package let size: Int64
    /// Of the last change, in nanoseconds since 1970.
    package let changed: Int128

    package init(device: UInt64, file: UInt64, size: Int64, changed: Int128) {
      self.device = device
      self.file = file
      self.size = size
      self.changed = changed
    }
  }

  /// Nil for a file that is not there.
  package let stamps: [String: Stamp?]

  package init(_ stamps: [String: Stamp?]) { self.stamps = stamps }

  /// The files of both looks that are not what they were.
  package func changes(since before: FileLook) -> Set<String> {
    Set(stamps.keys.filter { path in before.stamps[path].map { $0 != stamps[path] } ?? false })
  }
}

/// Why a version cannot be served; the one before goes on.
package struct PolicyLoadFailure: Error, Hashable, Sendable {
  /// One line that names the first mistake with its place.
  package let summary: String
  /// Every mistake as `rung check` shows it.
  package let details: String
  /// A file is the beginning of what is served: it may be read once it has stood still for longer.
  package let isOfBeginning: Bool

  package init(summary: String, details: String = "", isOfBeginning: Bool = false) {
    self.summary = summary
    self.details = details
    self.isOfBeginning = isOfBeginning
  }
}
