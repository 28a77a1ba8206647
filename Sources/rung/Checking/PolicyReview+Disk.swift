import DiagnosticPages
import PolicyCompiler
import SettingsReading

extension PolicyReview {
  /// Reads `argument` and the `rung.yaml` that holds for it from disk.
  ///
  /// `edited` is what shall stand in files instead of what is on disk, by their paths.
  init(_ argument: String, edited: [String: [UInt8]] = [:]) throws(CommandFailure) {
    let compilation = try PolicyCompilation(argument, edited: edited, withTests: true)
    self.init(
      compilation, settings: try SettingsFile.nearest(to: compilation.path),
      rules: RuleFloors(pages: RulePages.all), read: { Files.bytes($0) })
  }
}
