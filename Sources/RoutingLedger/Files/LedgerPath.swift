import Foundation

/// The names of a ledger's files.
enum LedgerPath {
  /// The file itself where `path` is a symbolic link to it, also if it is not made yet.
  ///
  /// SQLite follows links, so the lock and the head have to stand beside the same file: by every
  /// name a ledger has one lock. Links in the folders before it change nothing.
  static func file(at path: String) -> String {
    var path = path
    // As many as the system follows; a ring of links is then refused when it is opened.
    for _ in 0..<40 {
      guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: path) else {
        break
      }
      let folder = (path as NSString).deletingLastPathComponent
      path = target.hasPrefix("/") ? target : (folder as NSString).appendingPathComponent(target)
    }
    return path
  }
}
