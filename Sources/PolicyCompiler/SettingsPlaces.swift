import PolicySemantics
import SettingsReading

/// Where the `rung.yaml` of a policy may stand.
package enum SettingsPlaces {
  /// Paths to look at, the nearest first: in the policy's folder and in those above it up to `folder`,
  /// where the tool runs; of a policy elsewhere only its own folder is looked into.
  package static func candidates(for policy: String, in folder: String) -> [String] {
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
