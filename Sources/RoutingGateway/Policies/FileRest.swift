/// When files that have changed may be read: once whoever writes them has come to the end.
///
/// A file that another has taken the place of is whole; one that is written in its place may be half of
/// what it will be, and only time tells. No file is waited for without end.
package struct FileRest: Sendable {
  /// How long a file written in its place must stand still.
  package static let inPlace = Duration.seconds(3)
  /// How long, unless it was told to be read, where it is only the beginning of what is served.
  package static let beginning = Duration.seconds(10)
  /// The longest wait of whoever tells the gateway to read.
  package static let longestWait = Duration.seconds(15)

  package enum Verdict: Equatable, Sendable {
    /// Nothing has changed since it was read.
    case asRead
    case wait
    /// `suspects` were written in their place, and must not be a mere beginning of what is served.
    case ready(suspects: Set<String>)
  }

  private var read: FileLook
  private var last: FileLook
  /// When the last look was the first of its kind.
  private var since: Duration
  /// Whether what was read was left alone for being a beginning.
  private var isHeldBack = false

  /// Times are since any one instant.
  package init(_ look: FileLook, at time: Duration) {
    read = look
    last = look
    since = time
  }

  /// The files in a look, by a watcher or by somebody who was told to read them.
  package mutating func see(
    _ look: FileLook, at time: Duration, isTold: Bool = false
  ) -> Verdict {
    let isSeenAgain = look == last
    if !isSeenAgain { (last, since) = (look, time) }
    let rest = time - since
    guard look != read else {
      guard isHeldBack, isTold || rest >= Self.beginning else { return .asRead }
      return .ready(suspects: [])
    }
    let written = look.writtenInPlace(since: read)
    if written.isEmpty { return isTold || isSeenAgain ? .ready(suspects: []) : .wait }
    guard rest >= Self.inPlace else { return .wait }
    return .ready(suspects: isTold || rest >= Self.beginning ? [] : written)
  }

  /// What is read from now on is what a look saw; `isHeldBack` where it was left alone for being a
  /// beginning.
  package mutating func wasRead(_ look: FileLook, isHeldBack: Bool) {
    read = look
    self.isHeldBack = isHeldBack
  }

  /// A new version may read other files than the look before it.
  package mutating func reads(_ look: FileLook) {
    guard look.stamps.keys != read.stamps.keys else { return }
    read = look
    last = look
  }
}

extension FileLook {
  /// The files that are the same ones as before, with other bytes in them.
  fileprivate func writtenInPlace(since before: FileLook) -> Set<String> {
    changes(since: before).filter { path in
      guard let now = stamps[path] ?? nil, let old = before.stamps[path] ?? nil else {
        return false
      }
      return (now.device, now.file) == (old.device, old.file)
    }
  }
}
