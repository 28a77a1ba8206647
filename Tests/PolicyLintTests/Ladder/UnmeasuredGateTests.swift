import PolicyLint
import PolicySemantics
import PolicyUnits
import Testing

@Suite struct `A gate nobody has measured` {
  private static func policy(
    asking question: String = "Is it?", judge: String = "medium", threshold: String = "0.8",
    tier: String = "small", marked: Bool = true
  ) -> String {
    let pass = "helpful >= \(threshold)"
    return """
      gate helpful = judge(\(judge), "\(question)")
      gate solid = not refusal
      ladder cheap_first { tier \(tier) accept \(marked ? "⟦\(pass)⟧" : pass) and solid  tier large }
      otherwise { use cheap_first }
      """
  }

  /// What a calibration of the policy above would have written.
  private static func evidence(
    threshold: Int64 = 800_000, accepted: Int64 = 59, version: String? = nil,
    model: String = "small"
  ) throws -> MeasuredEvidence {
    let checked = try LintedPolicy(withHead(policy(marked: false)), rules: []).subject.policy
    return MeasuredEvidence(
      name: "e.json",
      content: .gate(
        GateEvidence(
          gate: "helpful", definition: checked.fingerprint(of: GateID(0)),
          tiers: [
            GateEvidence.Tier(
              ladder: "cheap_first", model: model, version: version ?? "small",
              threshold: Score(millionths: threshold), accepted: accepted, right: accepted)
          ])))
  }

  @Test func `is noted where it gives a score, and not where it says yes or no`() throws {
    try check(
      UnmeasuredGate.self, Self.policy(),
      messages: ["nothing shows how often `small` is right where `helpful` accepts it"])
  }

  @Test func `is content with evidence of the same gate, model and threshold`() throws {
    try check(
      UnmeasuredGate.self, Self.policy(marked: false), evidence: [try Self.evidence()])
    // However it is laid out, and whatever else is measured.
    let other = Self.policy(marked: false).replacing("gate helpful = ", with: "gate helpful  =\n  ")
    try check(
      UnmeasuredGate.self, other,
      evidence: [
        MeasuredEvidence(name: "s", content: .other("later")), try Self.evidence(accepted: 5),
        try Self.evidence(),
      ])
  }

  @Test func `says what has changed since`() throws {
    let evidence = try Self.evidence()
    let asked = "`e.json` measured `helpful` when it asked something else, or asked another model"
    try check(
      UnmeasuredGate.self, Self.policy(asking: "Is it so?"), messages: [asked],
      evidence: [evidence])
    try check(
      UnmeasuredGate.self, Self.policy(judge: "large"), messages: [asked], evidence: [evidence])
    try check(
      UnmeasuredGate.self, Self.policy(threshold: "0.7"),
      messages: ["`e.json` measured `helpful` at 0.8, and it is 0.7 here"], evidence: [evidence])
    try check(
      UnmeasuredGate.self, Self.policy(tier: "cached"),
      messages: ["`e.json` has not measured `helpful` on answers of `cached` in `cheap_first`"],
      evidence: [evidence])
    try check(
      UnmeasuredGate.self, Self.policy(),
      messages: ["`e.json` measured `small` when it was small-v1; it is small now"],
      evidence: [try Self.evidence(version: "small-v1")])
    try check(
      UnmeasuredGate.self, Self.policy(),
      messages: ["`e.json` has too few accepted answers: 58, and 59 are wanted"],
      evidence: [try Self.evidence(accepted: 58)])
  }
}
