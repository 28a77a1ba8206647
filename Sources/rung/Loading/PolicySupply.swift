import BundleFiles
import PolicyCompiler
import PolicySemantics
import PolicyWorkspace
import SettingsReading

/// What a policy named on the command line comes from: files on disk, or a bundle.
enum PolicySupply {
  /// The policy's own file.
  case files(String)
  case bundle(PolicyBundle, file: String)

  /// A policy file, a folder with a `policy.rung` in it, or a bundle, which is proved here.
  init(_ argument: String) throws(CommandFailure) {
    let path = try PolicyPlace.path(argument)
    let bytes = Files.bytes(path) ?? []
    try Self.refusePacked(bytes, at: path)
    guard PolicyBundle.begins(bytes) else {
      self = .files(path)
      return
    }
    self = .bundle(try Self.bundle(bytes, at: path, digest: nil), file: path)
  }

  /// What a report calls it: the policy's file, or the bundle with that file in it.
  var name: String {
    switch self {
    case .files(let path): path
    case .bundle(let bundle, let file): "\(file): \(bundle.manifest.policy)"
    }
  }

  /// A bundle and nothing else.
  init(bundle path: String, digest: SHA256Digest?) throws(CommandFailure) {
    let bytes = try Files.input(path)
    try Self.refusePacked(bytes, at: path)
    self = .bundle(try Self.bundle(bytes, at: path, digest: digest), file: path)
  }

  /// A compressed file is neither a policy nor a bundle, and none of its bytes would read as one.
  private static func refusePacked(_ bytes: [UInt8], at path: String) throws(CommandFailure) {
    let kinds: [(start: [UInt8], name: String, cure: String)] = [
      ([0x1F, 0x8B], "gzip", "gunzip"), (Array("PK\u{3}\u{4}".utf8), "zip", "unzip"),
      ([0x28, 0xB5, 0x2F, 0xFD], "zstd", "unzstd"), (Array("BZh".utf8), "bzip2", "bunzip2"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz", "unxz"),
    ]
    guard let kind = kinds.first(where: { bytes.starts(with: $0.start) }) else { return }
    throw CommandFailure(
      "`\(path)` is compressed with \(kind.name): `\(kind.cure)` it first; a policy is text, and a "
        + "bundle an uncompressed tar")
  }

  private static func bundle(
    _ bytes: [UInt8], at path: String, digest: SHA256Digest?
  ) throws(CommandFailure) -> PolicyBundle {
    do throws(BundleProblem) {
      return try PolicyBundle(bytes, digest: digest)
    } catch {
      throw CommandFailure("`\(path)` \(error)", exit: .findings)
    }
  }

  func settings(for policy: String) throws(CommandFailure) -> PolicySources.File? {
    switch self {
    case .files: return try SettingsFile.nearest(to: policy)
    case .bundle(let bundle, _):
      return bundle.manifest.settings.flatMap { path in
        bundle.bytes(of: path).map { PolicySources.File(path: path, bytes: $0) }
      }
    }
  }

  func bytes(_ path: String) -> [UInt8]? {
    switch self {
    case .files: Files.bytes(path)
    case .bundle(let bundle, _): bundle.bytes(of: path)
    }
  }
}
