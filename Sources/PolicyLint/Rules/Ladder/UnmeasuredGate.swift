package import PolicyDiagnostics
import PolicySemantics
import PolicyUnits

/// A threshold on an answer's score that nobody has measured, or not as it is now.
package enum UnmeasuredGate: LintRule {
  package static let page = DiagnosticPage(
    DiagnosticCode("gate_without_evidence"), .note,
    finds: "A tier that accepts answers by a score whose threshold no measurement stands behind.",
    why: """
      A score is an opinion: what 0.8 of a judge is worth depends on the judge, on what it is asked, \
      and on whose answers it reads. Before a cheap tier answers in the place of a better one, count \
      how often an answer is right that the gate accepts there. It is counted anew when the judge, \
      its question, the model of the tier or the threshold changes. How right is right enough is \
      yours to say; 59 accepted answers, all right, show that at least 95 in 100 are.
      """,
    wrong: """
      rung 1
      catalog "catalog.yaml"
      gate helpful = judge(medium, "Does the answer address what the user asked?")
      ladder cheap_first { tier small accept helpful >= 0.8  tier large }
      otherwise { use cheap_first }
      """,
    instead: """
      rung 1
      catalog "catalog.yaml"
      gate complete = finish = stop and not refusal
      ladder cheap_first { tier small accept complete  tier large }
      otherwise { use cheap_first }
      """,
    fix: """
      There is no automatic fix. `rung eval POLICY --gold FILE --matrix FILE --calibrate GATE \
      --evidence FILE` measures and writes the evidence; `rung.yaml` names it under \
      `evidence: [FILE]`. `@allow(gate_without_evidence, reason: "…")` says that you know.
      """)

  /// So many accepted answers are wanted.
  private static let least: Int64 = 59

  package static func check(_ subject: LintSubject, _ report: inout LintReport) {
    let evidence = subject.evidence.compactMap { item -> (file: String, gate: GateEvidence)? in
      guard case .gate(let gate) = item.content else { return nil }
      return (item.name, gate)
    }
    for ladder in subject.policy.ladders {
      for tier in ladder.tiers {
        for pass in tier.accepts {
          guard let threshold = pass.threshold else { continue }
          let seat = Seat(
            gate: subject.policy[pass.gate].name,
            definition: subject.policy.fingerprint(of: pass.gate), ladder: ladder.name,
            model: subject.policy[tier.model].name,
            version: subject.policy.version(of: tier.model), threshold: threshold.score)
          let doubts = evidence.filter { $0.gate.gate == seat.gate }.map {
            seat.doubt($0.gate, in: $0.file) ?? (0, "")
          }
          // The evidence that comes nearest says what is missing.
          let nearest = doubts.min { $0.weight < $1.weight }
          if let nearest, nearest.weight == 0 { continue }
          report.add(
            nearest?.words
              ?? "nothing shows how often `\(seat.model)` is right where `\(seat.gate)` accepts it",
            at: pass.span,
            notes: [
              Note("`rung eval --calibrate \(seat.gate)` counts it and writes the evidence")
            ])
        }
      }
    }
  }

  /// One gate at one tier, as evidence has to know it.
  private struct Seat {
    let gate: String
    let definition: String
    let ladder: String
    let model: String
    let version: String
    let threshold: Score

    /// Why evidence does not stand behind it; nil if it does.
    func doubt(_ evidence: GateEvidence, in file: String) -> (weight: Int, words: String)? {
      guard evidence.definition == definition else {
        return (
          5, "`\(file)` measured `\(gate)` when it asked something else, or asked another model"
        )
      }
      guard let tier = evidence.tiers.first(where: { $0.ladder == ladder && $0.model == model })
      else {
        return (4, "`\(file)` has not measured `\(gate)` on answers of `\(model)` in `\(ladder)`")
      }
      guard tier.version == version else {
        return (
          3, "`\(file)` measured `\(model)` when it was \(tier.version); it is \(version) now"
        )
      }
      guard tier.threshold == threshold else {
        let was = tier.threshold.map { Amounts.text($0) } ?? "no threshold"
        return (
          2, "`\(file)` measured `\(gate)` at \(was), and it is \(Amounts.text(threshold)) here"
        )
      }
      guard tier.accepted >= UnmeasuredGate.least else {
        return (
          1,
          "`\(file)` has too few accepted answers: \(tier.accepted), and \(UnmeasuredGate.least) are wanted"
        )
      }
      return nil
    }
  }
}
