import Foundation

/// Where a program is measured as a whole: a folder of its own, with the catalog of ``ReplayLog``.
enum BenchRoom {
  /// Runs `body` with the program that `RUNG` names; says so where nothing can be measured.
  ///
  /// The folder is gone afterwards.
  static func with(_ group: String, _ body: (_ rung: String, _ room: URL) throws -> Void) {
    guard let rung = ProcessInfo.processInfo.environment["RUNG"] else {
      print("\(group): RUNG names no program, nothing was measured")
      return
    }
    let room = FileManager.default.temporaryDirectory.appending(path: "rung-bench-\(getpid())")
    defer { try? FileManager.default.removeItem(at: room) }
    do {
      try FileManager.default.createDirectory(at: room, withIntermediateDirectories: true)
      try ReplayLog.catalog.write(
        to: room.appending(path: "catalog.yaml"), atomically: true, encoding: .utf8)
      try body(rung, room)
    } catch {
      print("\(group): \(error)")
    }
  }
}
