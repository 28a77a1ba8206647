import PolicyAnalysis
import PolicyDiagnostics

extension LintSubject {
  /// A request that shows a finding, in words: built and held against the evaluator.
  ///
  /// Nil where the region is empty, or where none could be built: then the finding stands without
  /// an example.
  func example(
    _ lead: String, in region: (RegionSpace) throws(DiagramsTooLarge) -> Diagram
  ) -> Note? {
    let search = try? study.ask { regions throws(DiagramsTooLarge) in
      try regions.witness(in: try region(regions))
    }
    guard case .found(let witness)? = search else { return nil }
    let leans =
      witness.leansOn.isEmpty
      ? ""
      : " (as far as \(list(witness.leansOn, most: 6)) can be foreseen)"
    return Note("\(lead): \(WitnessText.line(witness.draft, policy))\(leans)")
  }
}
