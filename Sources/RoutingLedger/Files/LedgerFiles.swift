import Foundation

/// Where the files of a ledger lie: the database, and beside it the log, the lock and the head.
///
/// A link is followed to the file it leads to, so a ledger of two names has one lock and one head.
struct LedgerFiles: Hashable {
  /// As SQLite is to open it: never one of the names it reads as something else than a file.
  let database: String

  var log: String { database + "-wal" }
  var lock: String { database + "-lock" }
  var head: String { database + "-head" }

  var exists: Bool { FileManager.default.fileExists(atPath: database) }

  private static let mostLinks = 40

  /// Refuses by name what can be no ledger: no name at all, a folder, a pipe, a device.
  init(path: String) throws(LedgerFailure) {
    guard !path.isEmpty else {
      throw .cannotOpen(path: path, reason: "its name is empty; name a file")
    }
    var place = path
    var links = 0
    while let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place) {
      links += 1
      guard links <= Self.mostLinks else {
        throw .cannotOpen(path: path, reason: "it is a link that leads to itself")
      }
      let folder = (place as NSString).deletingLastPathComponent
      place = target.hasPrefix("/") || folder.isEmpty ? target : folder + "/" + target
    }
    // `:memory:` and `file:` are plain names behind a folder.
    database = place.hasPrefix(":") || place.lowercased().hasPrefix("file:") ? "./" + place : place
    guard let found = try? FileManager.default.attributesOfItem(atPath: database),
      let type = found[.type] as? FileAttributeType
    else { return }
    guard type == .typeRegular else {
      let reason =
        type == .typeDirectory ? "it is a folder" : "it is a device or a pipe, not a file"
      throw .cannotOpen(path: path, reason: reason)
    }
  }

  /// Refuses a file of several names: each would have a lock of its own, and so a writer.
  func checkOneName() throws(LedgerFailure) {
    let found = try? FileManager.default.attributesOfItem(atPath: database)
    guard let names = found?[.referenceCount] as? NSNumber, names.intValue > 1 else { return }
    throw .cannotOpen(
      path: database,
      reason: "it has \(names.intValue) hard links, and each would have a writer of its own; "
        + "copy it under a new name, or remove the other links")
  }

  /// For SQLite: the database as a file that nobody changes, read without a lock or shared memory.
  var unchanging: String {
    let folder = FileManager.default.currentDirectoryPath
    let whole = database.hasPrefix("/") ? database : folder + "/" + database
    let plain = CharacterSet(
      charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
    let name = whole.addingPercentEncoding(withAllowedCharacters: plain) ?? whole
    return "file://\(name)?immutable=1"
  }

  /// Whether commits may lie in the log that are not in the database yet.
  var hasLog: Bool { Self.size(of: log) > 0 }

  /// Whether its first writer was stopped before the database was made.
  var isHalfMade: Bool { Self.size(of: database + "-journal") > 0 }

  private static func size(of path: String) -> Int64 {
    let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber
    return size?.int64Value ?? 0
  }
}
