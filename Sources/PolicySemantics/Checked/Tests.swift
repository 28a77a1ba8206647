package import PolicySource
package import PolicySyntax
package import PolicyUnits

package struct CheckedTest: Sendable {
  /// The hour of a request that names none.
  package static let plainHour = 12

  package let title: String
  package let request: Request
  package let given: [Given]
  package let expect: [Expectation]
  package let span: Span

  package enum Request: Sendable {
    /// The path as written, whose text is in `CheckedPolicy.files`, and what the file cannot say.
    case file(String, Span, [Field])
    case fields([Field])
  }

  /// One entry of `request { … }`.
  package struct Field: Sendable {
    package let kind: Kind
    package let span: Span

    package init(kind: Kind, span: Span) {
      self.kind = kind
      self.span = span
    }

    package enum Kind: Sendable {
      case text(TextPart, String)
      case model(String)
      case stream(Bool)
      case maxTokens(Int64)
      /// Millionths.
      case temperature(Int64)
      case format(RequestFormat)
      case tools(Int64)
      case images(Int64)
      case identity(Identity, String)
      case fact(FactID, FactValue)
      case hour(Int64)
      case weekday(Weekday)
      case date(CalendarDate)

      /// Whether it may stand beside a request's file: who asks and when, and facts.
      ///
      /// All else is the body's.
      package var isBesideFile: Bool {
        switch self {
        case .identity, .fact, .hour, .weekday, .date: true
        case .text, .model, .stream, .maxTokens, .temperature, .format, .tools, .images: false
        }
      }
    }
  }

  package enum Given: Sendable {
    /// A score gate's score; for one model or for all.
    case score(GateID, Score, at: ModelID?, Span)
    /// A yes/no gate's answer.
    case verdict(GateID, Bool, at: ModelID?, Span)
    case classifier(ClassifierID, label: Int, Span)
    case budgetUsedShare(BudgetID, Share, Span)
    case budgetUsed(BudgetID, Int64, Span)
    case fails(ModelID, CallFailure, Span)
    /// Every answer of the encoder.
    case embedderFails(EmbedderID, Span)
    /// What a gate asks gives it no answer; about one model's answers or all.
    case gateFails(GateID, at: ModelID?, Span)
    case classifierFails(ClassifierID, Span)
    case healthy(ModelID, Bool, Span)

    package var span: Span {
      switch self {
      case .score(_, _, _, let span), .verdict(_, _, _, let span), .classifier(_, _, let span),
        .budgetUsedShare(_, _, let span), .budgetUsed(_, _, let span), .fails(_, _, let span),
        .embedderFails(_, let span), .gateFails(_, _, let span), .classifierFails(_, let span),
        .healthy(_, _, let span):
        span
      }
    }
  }
}

/// One line of `expect` or `always`: all must hold.
package struct Expectation: Sendable {
  package let kind: Kind
  package let comparison: Comparison
  package let span: Span

  package enum Kind: Sendable {
    case task(TaskID)
    case route(RouteID)
    case first(ModelID), last(ModelID)
    case calls(Int64), climbs(Int64)
    case answeredBy(ModelID)
    case cached(Bool)
    /// A guard, a budget or `otherwise`-like route by name.
    case refusedBy(String)
    case worstCost(Money), expectedCost(Money)
    /// `first.output_price <= $1 per 1M tokens`; the comparison is inside the test.
    case firstModel(ModelTest), lastModel(ModelTest)
  }
}

package struct CheckedAlways: Sendable {
  package let title: String
  package let condition: CheckedCondition
  package let expect: [Expectation]
  package let span: Span
}
