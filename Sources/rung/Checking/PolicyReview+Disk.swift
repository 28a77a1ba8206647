import DiagnosticPages
import PolicyCompiler
import SettingsReading

extension PolicyReview {
  /// Reads `argument` and the `rung.yaml` that holds for it from disk, or both from a bundle.
  ///
  /// `edited` is what shall stand in files instead of what is on disk, by their paths.
  init(_ argument: String, edited: [String: [UInt8]] = [:]) throws(CommandFailure) {
    let supply = try PolicySupply(argument)
    let compilation = try PolicyCompilation(supply, edited: edited, withTests: true)
    self.init(
      compilation, settings: try supply.settings(for: compilation.path),
      rules: RuleFloors(pages: RulePages.all), read: { supply.bytes($0) })
  }
}
