import Foundation
import PolicySource

/// The policies the language was designed on, as printed in its description.
enum Fixture {
  static let names = ["short", "real", "rest"]

  static func source(_ name: String) throws -> SourceFile {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let url = folder.appending(path: "Fixtures/\(name).rung")
    return SourceFile(
      id: SourceID(0), path: "\(name).rung", bytes: Array(try Data(contentsOf: url)))
  }
}

/// The top of the checkout.
enum Checkout {
  /// A file beside the folder `Golden`.
  static let testFile = folder.appending(path: "Tests/PolicySyntaxTests/CorpusTests.swift").path

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The policies that ship, by folder.
  static var policies: [String] {
    let folders = try? FileManager.default.contentsOfDirectory(
      atPath: folder.appending(path: "policies").path)
    return (folders ?? []).sorted().filter {
      FileManager.default.fileExists(
        atPath: folder.appending(path: "policies/\($0)/policy.rung").path)
    }
  }

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }
}
