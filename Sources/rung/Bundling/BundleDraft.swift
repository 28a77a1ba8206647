import BundleFiles
import DiagnosticPages
import Foundation
import PolicyCompiler
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyWorkspace
import RoutingCatalog
import RoutingRuntime
import SettingsReading
import ZoneClock

/// Everything that is read of a policy, ready to be packed.
struct BundleDraft {
  let bytes: [UInt8]
  let bundle: PolicyBundle
  /// The files as they were read from disk, for the guard that keeps them.
  let read: [String]

  /// Of a policy without errors; with the tests beside it if they are asked for.
  init(_ argument: String, withTests: Bool) throws(CommandFailure) {
    guard case .files(let path) = try PolicySupply(argument) else {
      throw CommandFailure("`\(argument)` is a bundle already")
    }
    let compilation = try PolicyCompilation(.files(path), withTests: withTests)
    let compiled = try compilation.sound()
    var files = compilation.kept.files
    let settings = try SettingsFile.nearest(to: path)
    if let settings { files += [settings] + Self.named(by: settings, for: compilation) }
    read = files.map(\.path)

    let placed = Self.placed(files)
    let here = Self.here
    func name(_ path: String) -> String { placed.names[here(path)] ?? path }
    var manifest = BundleManifest(
      rung: Rung.version, policy: name(path),
      tests: compilation.files.dropFirst(compilation.filesWithoutTests.count)
        .map { name($0.source.path) }.sorted(),
      settings: settings.map { name($0.path) }, policyFingerprint: "", catalogFingerprint: "",
      environment: Set(compiled.catalog.providers.compactMap(\.keyVariable)).sorted(), files: [])
    try Self.refuseKeys(manifest.environment, in: placed.files)
    let packed = Self.compilation(of: placed.files, manifest)
    guard let inside = packed.compiled else {
      throw CommandFailure(
        "the policy would not compile from a bundle: \(packed.firstError). A path that begins with / "
          + "stays on this machine: write it as seen from the file that names it")
    }
    let prints = Decider(inside.graph).frozen.fingerprints
    (manifest.policyFingerprint, manifest.catalogFingerprint) = (prints.policy, prints.catalog)
    do throws(BundleProblem) {
      bytes = try PolicyBundle.archive(placed.files, about: manifest)
      bundle = try PolicyBundle(bytes)
    } catch {
      throw CommandFailure("the bundle \(error)", exit: .couldNotRun)
    }
  }

  /// As it is read again from the bundle.
  private static func compilation(
    of files: [PolicySources.File], _ manifest: BundleManifest
  ) -> PolicyCompilation {
    let bytes = Dictionary(files.map { ($0.path, $0.bytes) }, uniquingKeysWith: { one, _ in one })
    return PolicyCompilation(
      path: manifest.policy, today: Moment.today, tests: manifest.tests,
      zones: { TimeZones.ofThisMachine }, read: { bytes[$0] })
  }

  /// The files that `rung.yaml` names: what has been measured.
  private static func named(
    by settings: PolicySources.File, for compilation: PolicyCompilation
  ) -> [PolicySources.File] {
    var files: [PolicySources.File] = []
    _ = PolicyReview(
      compilation, settings: settings, rules: RuleFloors(pages: RulePages.all),
      read: { path in
        let bytes = Files.bytes(path)
        if let bytes { files.append(PolicySources.File(path: path, bytes: bytes)) }
        return bytes
      })
    return files
  }

  // MARK: - Paths

  private static func here(_ path: String) -> String {
    PolicyPath.joined(path, to: FileManager.default.currentDirectoryPath + "/")
  }

  /// The files under paths from the deepest folder they share, each once, and those by the old ones.
  private static func placed(
    _ files: [PolicySources.File]
  ) -> (files: [PolicySources.File], names: [String: String]) {
    let paths = files.map { here($0.path).split(separator: "/") }
    var shared = (paths.first ?? []).dropLast()
    for path in paths {
      let common = zip(shared, path.dropLast()).prefix { $0 == $1 }.count
      shared = shared.prefix(common)
    }
    var names: [String: String] = [:]
    var placed: [PolicySources.File] = []
    for (file, path) in zip(files, paths) {
      let name = path.dropFirst(shared.count).joined(separator: "/")
      guard names.updateValue(name, forKey: here(file.path)) == nil else { continue }
      placed.append(PolicySources.File(path: name, bytes: file.bytes))
    }
    return (placed, names)
  }

  // MARK: - Secrets

  /// Refuses a file that holds what one of the variables holds now: a bundle carries no key.
  ///
  /// However short it is. What is too short for a key may stand in a text by chance, and only who set
  /// the variable can tell.
  private static func refuseKeys(
    _ variables: [String], in files: [PolicySources.File]
  ) throws(CommandFailure) {
    for variable in variables {
      guard let key = ProcessInfo.processInfo.environment[variable], !key.isEmpty else { continue }
      let count = key.count
      for file in files where String(decoding: file.bytes, as: UTF8.self).contains(key) {
        throw CommandFailure(
          "`\(file.path)` holds "
            + (count < 8
              ? "the \(count) character\(count == 1 ? "" : "s") that \(variable) holds: take the key "
                + "out of the file, or unset the variable if this is no key"
              : "the key that \(variable) holds: take it out, and change the key"),
          exit: .findings)
      }
    }
  }
}
