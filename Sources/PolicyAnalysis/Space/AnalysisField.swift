package import PolicySemantics
package import PolicySource

/// What one variable of the diagrams stands for, in the policy's own names.
///
/// Names rather than identifiers, so that two policies meet in one space.
package enum AnalysisField: Hashable, Sendable {
  case stream
  case healthy(model: String)
  case format, weekday, hour, date
  case maxTokens, temperature
  case tools, images, messages, turn
  case chars(TextPart), tokens(TextPart), lines(TextPart)
  /// Of a budget: nano-units for money, else requests, tokens or calls.
  ///
  /// What is left, and both shares, follow from it.
  case budgetUsed(String)
  case model, language
  case identity(Identity)
  case fact(String)
  case classifier(String)
  /// A tool of this name is offered.
  case tool(ExactText)
  /// A text passes one of these tests: words that no test of the policy tells apart.
  case text(TextPart, TextProbe)
}

/// Something a text has or has not.
package enum TextProbe: Hashable, Sendable {
  /// One of these words at least; they always stand together in the policy's lists.
  case mentions([ExactText])
  case contains([ExactText])
  case startsWith(ExactText)
  /// A regular expression that is no plain text.
  case matches(ExactText)
  case has(TextFeature)

  /// Whether the analysis knows nothing of it but whether it holds.
  package var isOpaque: Bool {
    switch self {
    case .mentions, .contains, .startsWith: false
    case .matches, .has: true
    }
  }
}

/// The values of a variable that no test of the policy tells apart.
package enum FieldCell: Hashable, Sendable {
  case no, yes
  case range(ClosedRange<Int64>)
  /// A label of a fact, a classifier, the format or the weekday, by its name.
  case label(String)
  case name(ExactText)
  /// A name no test mentions.
  case otherName
  /// The request has no such identity, or leaves out a fact that two policies then read differently.
  case absent
}

/// One variable of the diagrams: a field and the cells its values fall into.
package struct FieldVariable: Hashable, Sendable {
  package let field: AnalysisField
  /// In order: a cell's index is what diagrams hold.
  package let cells: [FieldCell]
  /// The cell a plain request has: a fact's default, no keyword, the least number.
  package let plain: Int
}
