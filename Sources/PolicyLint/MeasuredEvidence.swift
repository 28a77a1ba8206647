package import PolicyUnits

/// What a measurement showed, as a file beside the policy says: what a rule asks of a threshold that
/// only a measurement can stand behind.
package struct MeasuredEvidence: Hashable, Sendable {
  /// The file, as `rung.yaml` names it.
  package let name: String
  package let content: Content

  package enum Content: Hashable, Sendable {
    case similar(SimilarityEvidence)
    case gate(GateEvidence)
    /// Of a kind that no rule of this version asks for.
    case other(String)
  }

  package init(name: String, content: Content) {
    self.name = name
    self.content = content
  }
}

/// Labelled pairs of questions under one encoder, one threshold and one version of the guards.
package struct SimilarityEvidence: Hashable, Sendable {
  /// By the catalog's name.
  package let encoder: String
  /// `QuestionGuards.fingerprint` of then.
  package let guards: String
  package let threshold: Score
  /// Pairs that one answer does not serve, and how many of them would have shared it.
  package let different: Int64
  package let wrong: Int64

  package init(
    encoder: String, guards: String, threshold: Score, different: Int64, wrong: Int64
  ) {
    self.encoder = encoder
    self.guards = guards
    self.threshold = threshold
    self.different = different
    self.wrong = wrong
  }

  /// The largest share of wrong hits that is likely, with 95 % confidence.
  ///
  /// Counted anew: what a file says of its own bound is not asked.
  package var bound: Double { BinomialBounds.upper(wrong, of: different) }
}
