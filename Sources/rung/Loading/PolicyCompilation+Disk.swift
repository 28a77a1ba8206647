import BundleFiles
import PolicyCompiler
import PolicyDiagnostics
import ZoneClock

extension PolicyCompilation {
  /// Reads `argument` with all it needs: a policy file, a folder with a `policy.rung` in it, or a
  /// bundle.
  ///
  /// `edited` is what shall stand in files instead of what is on disk, by their paths. With tests
  /// the files beside it that hold nothing else are read too.
  init(
    _ argument: String, edited: [String: [UInt8]] = [:], withTests: Bool = false
  ) throws(CommandFailure) {
    try self.init(try PolicySupply(argument), edited: edited, withTests: withTests)
  }

  init(
    _ supply: PolicySupply, edited: [String: [UInt8]] = [:], withTests: Bool = false
  ) throws(CommandFailure) {
    switch supply {
    case .files(let path):
      if let owner = TestFiles.owner(of: path) {
        throw CommandFailure("`\(path)` holds tests of `\(owner)`: name that")
      }
      self.init(
        path: path, today: Moment.today, tests: withTests ? TestFiles.of(path) : [],
        zones: { TimeZones.ofThisMachine }, read: { edited[$0] ?? Files.bytes($0) })
    case .bundle(let bundle, let file):
      guard edited.isEmpty else { throw PolicyPlace.sealed(file) }
      self.init(
        path: bundle.manifest.policy, today: Moment.today,
        tests: withTests ? bundle.manifest.tests : [], zones: { TimeZones.ofThisMachine },
        read: { bundle.bytes(of: $0) })
    }
  }

  /// The policy ready to decide.
  ///
  /// One with errors has them sent to standard error, and the command ends.
  func sound() throws(CommandFailure) -> CompiledPolicy {
    if let compiled { return compiled }
    Terminal.error(
      DiagnosticsOutput.text(
        diagnostics.filter { $0.severity == .error }, in: sources,
        whereTheRestIs: "`rung check --all` shows them", coloured: Terminal.coloursErrors))
    throw CommandFailure("`\(path)` has errors", exit: .findings)
  }
}

/// Where a policy named on the command line stands.
enum PolicyPlace {
  /// Why nothing in a bundle is changed.
  static func sealed(_ file: String) -> CommandFailure {
    CommandFailure(
      "`\(file)` is a bundle, and nothing in it is changed: `tar -xf` takes its files out")
  }

  /// The path of the policy file that `argument` names: a file, or a folder with a `policy.rung` in it.
  static func path(_ argument: String) throws(CommandFailure) -> String {
    guard let isFolder = Files.isFolder(argument) else {
      throw CommandFailure("there is no `\(argument)`")
    }
    guard isFolder else { return argument }
    var folder = argument
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    let path = folder == "." ? "policy.rung" : folder + "/policy.rung"
    guard Files.isFolder(path) == false else {
      throw CommandFailure("`\(argument)` has no policy.rung; `rung init` writes one")
    }
    return path
  }
}
