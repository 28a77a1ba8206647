package import PolicySource
package import PolicySyntax
package import PolicyUnits

/// What an answer must be: a yes/no, or a score that needs a threshold where it is used.
package struct CheckedGate: Sendable {
  package let name: String
  package let body: Body
  package let acceptsOnFailure: Bool
  package let span: Span

  package enum Body: Sendable {
    case decides(AnswerCondition)
    case scores(AnswerScore)
  }
}

/// A yes/no condition over an answer, in the shape it was written.
package indirect enum AnswerCondition: Sendable {
  case all([AnswerCondition], Span)
  case any([AnswerCondition], Span)
  case not(AnswerCondition, Span)
  /// Another yes/no gate.
  case gate(GateID, Span)
  case test(AnswerTest, Span)
  /// A score held against a threshold inside a yes/no gate.
  case scored(AnswerScore, Comparison, Score, Span)
}

package enum AnswerTest: Hashable, Sendable {
  case refusal, json, sameLanguage, citesContext, repeatsQuestion
  /// The file's path as written; its text is in `CheckedPolicy.files`.
  case schema(file: String)
  case text(TextTest)
  case length(CountUnit, Comparison, Int64)
  case finish(oneOf: [FinishReason])
}

package enum FinishReason: String, Hashable, Sendable, CaseIterable {
  case stop, length, toolCalls = "tool_calls", contentFilter = "content_filter"
}

package indirect enum AnswerScore: Sendable {
  case judge(ModelID, prompt: String)
  case agrees(ModelID)
  case similar(file: String)
  /// The log-probability at this percentile of the answer's tokens.
  case logprob(percentile: Int)
  case http(url: String, higherIsBetter: Bool)
  /// A declared score gate.
  case gate(GateID)
  case mix([MixPart])

  package struct MixPart: Sendable {
    package let share: Share
    package let score: AnswerScore

    package init(share: Share, score: AnswerScore) {
      self.share = share
      self.score = score
    }
  }
}

package struct CheckedLadder: Sendable {
  package let name: String
  package let maxBudget: Money?
  package let maxTime: Milliseconds?
  package let tiers: [Tier]
  /// What an exhausted ladder gives back; `fail` unless the policy says otherwise.
  package let onExhausted: LadderDeclaration.Exhausted
  /// `on filtered climb`.
  package let climbsWhenFiltered: Bool
  /// `on failed stop`.
  package let stopsWhenFailed: Bool
  package let span: Span

  package struct Tier: Sendable {
    package let model: ModelID
    /// In written order; all must accept.
    package let accepts: [Pass]
    package let options: CallOptions
    package let span: Span
  }

  package struct Pass: Sendable {
    package let gate: GateID
    /// Nil for a yes/no gate.
    package let threshold: Threshold?
    package let span: Span
  }

  package struct Threshold: Hashable, Sendable {
    package let comparison: Comparison
    package let score: Score

    package init(comparison: Comparison, score: Score) {
      self.comparison = comparison
      self.score = score
    }
  }
}

/// The options of one call; nil where the policy is silent.
package struct CallOptions: Hashable, Sendable {
  package var timeout: Milliseconds?
  package var firstToken: Milliseconds?
  /// How often a failed call is tried in all: `attempts 2` is one repeat.
  package var attempts: Int?
  package var maxOutput: Int64?
  package var minOutput: Int64?
  package var effort: String?

  package init() {}
}
