import PolicyDiagnostics
import PolicySource
import PolicySyntax

/// Conditions over a model, after `where`, and the same tests after `first.` and `last.`.
extension Checker {
  /// `isNegated` pushes a `not` down to the tests, so that a model whose price or window is unknown
  /// fails the comparison whichever way it is written.
  mutating func checkModels(_ condition: Condition, isNegated: Bool = false) -> ModelCondition? {
    switch condition {
    case .and(let parts, let span):
      let checked = checkModels(parts, isNegated: isNegated)
      return checked.map { isNegated ? .any($0, span) : .all($0, span) }
    case .or(let parts, let span):
      let checked = checkModels(parts, isNegated: isNegated)
      return checked.map { isNegated ? .all($0, span) : .any($0, span) }
    case .not(let inner, _):
      return checkModels(inner, isNegated: !isNegated)
    case .group(let inner, _):
      return checkModels(inner, isNegated: isNegated)
    case .term(let term):
      return checkModel(term, isNegated: isNegated)
    case .missing:
      return nil
    }
  }

  private mutating func checkModels(
    _ parts: [Condition], isNegated: Bool
  ) -> [ModelCondition]? {
    var checked: [ModelCondition] = []
    for part in parts {
      if let condition = checkModels(part, isNegated: isNegated) { checked.append(condition) }
    }
    return checked.count == parts.count ? checked : nil
  }

  private mutating func checkModel(_ term: Term, isNegated: Bool) -> ModelCondition? {
    let name = term.subject
    guard name.text.hasPrefix("model."),
      let field = ModelField(rawValue: String(name.text.dropFirst("model.".count)))
    else {
      reportUnknownModelField(name)
      return nil
    }
    guard takesNoArguments(term) else { return nil }
    if field.isNumber {
      guard case .compare(let comparison, _, let value) = term.check else {
        add(
          TypeProblem.missingComparison(name.text, example: field.example(name.text)),
          at: term.span)
        return nil
      }
      let wanted = isNegated ? comparison.opposite : comparison
      return modelNumber(field, wanted, value, of: name.text).map { .test($0, term.span) }
    }
    guard let (values, excluded) = equality(term, example: { _ in "…" }) else { return nil }
    let names = readList(values) { $0.readModelWord($1, field, of: name.text) }
    guard let names else { return nil }
    let test = ModelCondition.test(field.test(oneOf: names.sorted()), term.span)
    return excluded != isNegated ? .not(test, term.span) : test
  }

  private mutating func reportUnknownModelField(_ name: Name) {
    let fields = ModelField.allCases.map { "model." + $0.rawValue }
    if RequestField.byWord[name.text] != nil || scope[name.text] != nil {
      scope.use(name: name.text)
      add(
        NameProblem.wrongPlace(name.text, belongsTo: "a request", here: "a model"),
        at: name.span)
      return
    }
    let near =
      fields.first { $0 == "model." + name.text } ?? report.nearName(name.text, among: fields)
    add(NameProblem.unknownField(name.text, of: "a model", near: near), at: name.span)
  }

  /// A window or price held against a value.
  mutating func modelNumber(
    _ field: ModelField, _ comparison: Comparison, _ value: Value, of subject: String
  ) -> ModelTest? {
    switch field {
    case .window:
      readCount(value, of: subject, unit: .tokens).map { .window(comparison, $0) }
    case .inputPrice: readPrice(value, of: subject).map { .inputPrice(comparison, $0) }
    case .outputPrice: readPrice(value, of: subject).map { .outputPrice(comparison, $0) }
    case .name, .provider, .region, .tag: nil
    }
  }

  /// A name, provider, region or tag that the catalog has.
  mutating func readModelWord(
    _ value: Value, _ field: ModelField, of subject: String
  ) -> String? {
    let word: Name
    switch value.kind {
    case .word(let text), .string(let text): word = Name(text, at: value.span)
    case .money, .number, .share, .duration, .date:
      add(
        TypeProblem.wrongType(subject, expected: "a word of the catalog", found: value.described),
        at: value.span)
      return nil
    }
    guard let vocabulary else { return word.text }
    let known = field.words(of: vocabulary)
    guard !known.contains(word.text) else { return word.text }
    if field == .name, let held = scope.setAside(word.text) {
      add(NameProblem.setAside(held), at: word.span)
      return nil
    }
    unknownValue(word, of: subject, choices: known)
    return nil
  }
}

/// A field of a model.
enum ModelField: String, Hashable, Sendable, CaseIterable {
  case name, provider, region, tag, window
  case inputPrice = "input_price"
  case outputPrice = "output_price"

  var isNumber: Bool {
    switch self {
    case .window, .inputPrice, .outputPrice: true
    case .name, .provider, .region, .tag: false
    }
  }

  func example(_ subject: String) -> String {
    switch self {
    case .window: "\(subject) >= 32k tokens"
    case .inputPrice, .outputPrice: "\(subject) <= $1 per 1M tokens"
    case .name, .provider, .region, .tag: "\(subject) = …"
    }
  }

  /// Only for fields that are no number.
  func test(oneOf words: [String]) -> ModelTest {
    switch self {
    case .provider: .provider(oneOf: words)
    case .region: .region(oneOf: words)
    case .tag: .tag(oneOf: words)
    case .name, .window, .inputPrice, .outputPrice: .name(oneOf: words)
    }
  }

  /// What the catalog has, in its order.
  func words(of vocabulary: Vocabulary) -> [String] {
    let deployments =
      vocabulary.models.flatMap(\.deployments) + vocabulary.embedders.flatMap(\.deployments)
    let words: [String] =
      switch self {
      case .name: vocabulary.models.map(\.name)
      case .provider: deployments.map(\.provider)
      case .region: deployments.compactMap(\.region)
      case .tag: vocabulary.models.flatMap(\.tags)
      case .window, .inputPrice, .outputPrice: []
      }
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }
}
