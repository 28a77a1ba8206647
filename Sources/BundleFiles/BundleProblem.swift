/// Why a file is no bundle, or not the one it says it is.
package enum BundleProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// It does not even begin as a bundle does.
  case noBundle
  /// It ends too soon; nil before the first file's name is known.
  case truncated(inside: String?)
  case extended(bytes: Int)
  case tooLarge(limit: Int)
  /// What stands around a file is not what `rung bundle` writes.
  case foreignEntry(String)
  /// The list of files cannot be read, or is not written as `rung bundle` writes it.
  case manifest(String)
  case format(String)
  case missing(String)
  case unlisted(String)
  case changed(String, is: SHA256Digest, listed: SHA256Digest)
  /// All of it fits together, and it is another bundle than the one asked for.
  case otherBundle(is: SHA256Digest, asked: SHA256Digest)
  /// A path that cannot stand in a bundle.
  case path(String, why: String)

  package var description: String {
    switch self {
    case .noBundle: "is no bundle; `rung bundle` makes one"
    case .truncated(nil): "is cut off"
    case .truncated(let path?): "is cut off inside `\(path)`"
    case .extended(let bytes): "goes on for \(bytes) bytes after the end of its last file"
    case .tooLarge(let limit): "is larger than a bundle may be, \(limit) bytes"
    case .foreignEntry(let path):
      "is not as `rung bundle` wrote it: what stands around `\(path)` was changed"
    case .manifest(let why): "has a bundle.json that was changed: \(why)"
    case .format(let format):
      "has the format `\(format)`, and this version reads `\(BundleManifest.format)`"
    case .missing(let path): "lacks `\(path)`, which its bundle.json lists"
    case .unlisted(let path): "holds `\(path)`, which its bundle.json does not list"
    case .changed(let path, let found, let listed):
      "holds a changed `\(path)`: it is \(found), and \(listed) is listed"
    case .otherBundle(let found, let asked):
      "is \(found), and \(asked) was asked for: it is another bundle, or its files and its "
        + "bundle.json were changed together"
    case .path(let path, let why): "cannot hold `\(path)`: \(why)"
    }
  }
}
