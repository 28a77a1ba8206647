import Foundation
import PolicyDiagnostics
import PolicyLint
import PolicySemantics
import PolicySource
import SettingsReading

/// The `rung.yaml` that holds for a policy.
enum SettingsFile {
  /// The nearest one, in the policy's folder or in those above it up to where the command runs; of a
  /// policy elsewhere only its own folder is looked into.
  ///
  /// - Returns: its path and bytes; nil if there is none.
  static func nearest(to policy: String) throws(CommandFailure) -> (path: String, bytes: [UInt8])? {
    let here = FileManager.default.currentDirectoryPath
    for path in candidates(for: policy, in: here) {
      if let bytes = Files.bytes(path) { return (path, bytes) }
      if Files.isFolder(path) != nil { throw CommandFailure("`\(path)` cannot be read as a file") }
    }
    return nil
  }

  /// Adds the file to the sources and reads it.
  static func read(
    _ path: String, _ bytes: [UInt8], into sources: inout SourceMap
  ) -> Parsed<LintSettings> {
    SettingsReader.read(
      sources.add(path: path, bytes: bytes), rules: RuleFloors(pages: RulePages.all),
      evidence: { Files.bytes(PolicyPath.joined($0, to: path)) })
  }

  static func candidates(for policy: String, in folder: String) -> [String] {
    let first = PolicyPath.joined(SettingsReader.fileName, to: policy)
    if first.hasPrefix("../") { return [first] }
    let root = first.hasPrefix("/") ? (folder.hasSuffix("/") ? folder : folder + "/") : ""
    guard first.hasPrefix(root) else { return [first] }
    var folders = first.dropFirst(root.count).split(separator: "/").dropLast()
    var paths = [first]
    while !folders.isEmpty {
      folders.removeLast()
      paths.append(root + (folders + [Substring(SettingsReader.fileName)]).joined(separator: "/"))
    }
    return paths
  }
}
