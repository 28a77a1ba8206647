import Foundation
import PolicyCompiler
import PolicyWorkspace

/// The `rung.yaml` that holds for a policy, on disk.
enum SettingsFile {
  /// The nearest one; nil if there is none.
  static func nearest(to policy: String) throws(CommandFailure) -> PolicySources.File? {
    let here = FileManager.default.currentDirectoryPath
    for path in SettingsPlaces.candidates(for: policy, in: here) {
      if let bytes = Files.bytes(path) { return PolicySources.File(path: path, bytes: bytes) }
      if Files.isFolder(path) != nil { throw CommandFailure("`\(path)` cannot be read as a file") }
    }
    return nil
  }
}
