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
    guard let bytes = Files.bytes(path), PolicyBundle.begins(bytes) else {
      self = .files(path)
      return
    }
    self = .bundle(try Self.bundle(bytes, at: path, digest: nil), file: path)
  }

  /// A bundle and nothing else.
  init(bundle path: String, digest: SHA256Digest?) throws(CommandFailure) {
    self = .bundle(try Self.bundle(try Files.input(path), at: path, digest: digest), file: path)
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
