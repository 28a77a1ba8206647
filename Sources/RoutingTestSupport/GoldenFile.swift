package import Foundation

/// A text a test expects, kept in a file under the test target's `Golden` folder.
///
/// With `UPDATE_GOLDEN=1` in the environment the file is rewritten and the run fails, so that no
/// rewrite passes unseen.
package struct GoldenFile: Sendable {
  package let url: URL

  /// `name` is relative to the folder `Golden` beside the test's own file.
  package init(_ name: String, beside testFile: String = #filePath) {
    url = URL(filePath: testFile).deletingLastPathComponent().appending(path: "Golden/\(name)")
  }

  /// What the file holds, nil if it is missing; after a rewrite a text that equals nothing.
  package func expected(instead actual: String) throws -> String? {
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      let stored = try? String(contentsOf: url, encoding: .utf8)
      if stored == actual { return stored }
      try actual.write(to: url, atomically: true, encoding: .utf8)
      return "rewritten: \(url.lastPathComponent)"
    }
    return try? String(contentsOf: url, encoding: .utf8)
  }
}
