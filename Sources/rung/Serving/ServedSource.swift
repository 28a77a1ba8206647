import BundleFiles
import PolicyCompiler

/// Where a gateway takes its policy from, each time it takes it.
enum ServedSource {
  case policy(String)
  /// One bundle, whatever its digest, or the one with this digest and no other.
  case bundle(String, digest: SHA256Digest?)

  /// A policy named without `--bundle` may be one too; what it is at the start it stays.
  init(
    _ policy: String?, bundle: String?, digest: SHA256Digest?
  ) throws(CommandFailure) {
    switch (policy, bundle) {
    case (let policy?, nil):
      guard case .bundle(_, let file) = try PolicySupply(policy) else {
        guard digest == nil else { throw CommandFailure("--bundle-digest belongs to --bundle") }
        self = .policy(policy)
        return
      }
      self = .bundle(file, digest: digest)
    case (nil, let file?): self = .bundle(file, digest: digest)
    case (nil, nil), (_?, _?): throw CommandFailure("give a policy or --bundle FILE, one of them")
    }
  }

  /// What is there now; a bundle is proved anew.
  func supply() throws(CommandFailure) -> PolicySupply {
    switch self {
    case .policy(let argument): try PolicySupply(argument)
    case .bundle(let file, let digest): try PolicySupply(bundle: file, digest: digest)
    }
  }

  /// The file to look at for changes; nil where those count that were read.
  var watched: [String]? {
    switch self {
    case .policy: nil
    case .bundle(let file, _): [file]
    }
  }

  /// Refuses another bundle that has come without a word: what was proved at the start is served until
  /// somebody says that the other one is meant.
  func refuse(
    _ supply: PolicySupply, after served: SHA256Digest?
  ) throws(CommandFailure) {
    guard case .bundle(let bundle, let file) = supply, let served, served != bundle.digest else {
      return
    }
    throw CommandFailure(
      "`\(file)` is \(bundle.digest) now, and \(served) is served: if it is meant so, send SIGHUP")
  }

  /// What is served, in a line for whoever started it.
  func words(for supply: PolicySupply, _ compiled: CompiledPolicy) -> String {
    switch supply {
    case .files: compiled.path
    case .bundle(let bundle, let file): "\(file) (\(bundle.digest))"
    }
  }
}

extension PolicySupply {
  /// Of a bundle.
  var digest: SHA256Digest? {
    switch self {
    case .files: nil
    case .bundle(let bundle, _): bundle.digest
    }
  }
}
