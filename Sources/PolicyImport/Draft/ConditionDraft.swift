import PolicySyntax

/// A condition of a policy before it is written.
indirect enum ConditionDraft: Hashable {
  case and([ConditionDraft])
  case or([ConditionDraft])
  /// A name or a text fact is one of these texts.
  case oneOf(String, [String])
  /// The same of words: labels of a classifier.
  case label(String, [String])
  case number(String, Comparison, Int64)
  /// In millionths, for fields with decimals such as `temperature`.
  case decimal(String, Comparison, millionths: Int64)
  /// `stream`, a fact of yes or no.
  case flag(String)
  /// Whole words, any case.
  case mentions(String, [String])
  /// Exactly these characters.
  case contains(String, [String])
  case matches(String, pattern: String)
  case not(ConditionDraft)
  /// Every request.
  case always
  /// No request.
  case never

  /// The same condition without constants inside it and without a `not` where none can stand.
  var simplified: ConditionDraft {
    switch self {
    case .and(let parts): Self.joined(parts, isAnd: true)
    case .or(let parts): Self.joined(parts, isAnd: false)
    case .not(let part): part.simplified.opposite
    case .oneOf(_, let texts): texts.isEmpty ? .never : self
    case .label(_, let words): words.isEmpty ? .never : self
    case .mentions(_, let texts), .contains(_, let texts): texts.isEmpty ? .never : self
    case .number, .decimal, .flag, .matches, .always, .never: self
    }
  }

  private var opposite: ConditionDraft {
    switch self {
    case .always: .never
    case .never: .always
    case .not(let part): part
    case .number(let field, let comparison, let value):
      .number(field, comparison.opposite, value)
    case .decimal(let field, let comparison, let millionths):
      .decimal(field, comparison.opposite, millionths: millionths)
    case .and, .or, .oneOf, .label, .flag, .mentions, .contains, .matches: .not(self)
    }
  }

  private static func joined(_ parts: [ConditionDraft], isAnd: Bool) -> ConditionDraft {
    var kept: [ConditionDraft] = []
    for part in parts.map(\.simplified) {
      switch (part, isAnd) {
      case (.always, true), (.never, false): continue
      case (.never, true): return .never
      case (.always, false): return .always
      case (.and(let inner), true), (.or(let inner), false): kept += inner
      default: kept.append(part)
      }
    }
    var seen: Set<ConditionDraft> = []
    kept = kept.filter { seen.insert($0).inserted }
    if kept.count == 1 { return kept[0] }
    guard !kept.isEmpty else { return isAnd ? .always : .never }
    return isAnd ? .and(kept) : .or(kept)
  }

  /// The names of facts, classifiers and fields it reads.
  var subjects: Set<String> {
    switch self {
    case .and(let parts), .or(let parts): parts.reduce(into: []) { $0.formUnion($1.subjects) }
    case .not(let part): part.subjects
    case .oneOf(let subject, _), .label(let subject, _), .number(let subject, _, _),
      .decimal(let subject, _, _), .flag(let subject), .mentions(let subject, _),
      .contains(let subject, _), .matches(let subject, _):
      [subject]
    case .always, .never: []
    }
  }
}
