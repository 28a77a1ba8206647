import CallerKeys
import PolicyCompiler
import PolicyDiagnostics
import Synchronization

/// The keys file a gateway serves with, read anew with every version of its policy.
final class ServedKeys: Sendable {
  let path: String
  private let secret: KeySecret
  /// Of the file whose keys are served.
  private let served = Mutex<[UInt8]>([])

  init(_ path: String, secret: KeySecret) {
    self.path = path
    self.secret = secret
  }

  /// The keys to start with.
  ///
  /// What is wrong with them goes to standard error and ends the command.
  func first(with compilation: PolicyCompilation) throws(CommandFailure) -> KeyRing {
    let review = try KeysReview(path, with: compilation, secret: secret)
    if !review.diagnostics.isEmpty {
      Terminal.error(
        DiagnosticsOutput.text(
          review.diagnostics, in: review.sources,
          whereTheRestIs: "`rung key check --all` shows them", coloured: Terminal.coloursErrors))
    }
    return try ring(of: review)
  }

  /// The keys on disk now, for the version that is on disk now.
  func next(with compilation: PolicyCompilation) throws(CommandFailure) -> KeyRing {
    try ring(of: try KeysReview(path, with: compilation, secret: secret))
  }

  /// Of the file whose keys are served.
  var bytes: [UInt8] { served.withLock { $0 } }

  private func ring(of review: KeysReview) throws(CommandFailure) -> KeyRing {
    guard let keys = review.keys else {
      throw CommandFailure(
        review.diagnostics.firstError(in: review.sources)
          ?? "`\(path)` cannot be read", exit: .findings)
    }
    served.withLock { $0 = review.bytes }
    return KeyRing(keys.keys, secret: secret)
  }
}
