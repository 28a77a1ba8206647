import PolicySemantics
import PolicySource
import PolicyUnits

/// What two policies declare differently and read requests by.
struct DeclarationChanges {
  let old: CheckedPolicy
  let new: CheckedPolicy
  private(set) var changes: [DeclarationChange] = []

  init(_ old: CheckedPolicy, _ new: CheckedPolicy) {
    self.old = old
    self.new = new
    addUnits()
    addFacts()
    addClassifiers()
  }

  /// Facts of one name and two types: what a request says cannot mean the same to both, and no
  /// region can be told.
  var clashes: [String] {
    old.facts.compactMap { fact in
      guard let other = new.facts.first(where: { $0.name == fact.name }),
        fact.type.kind != other.type.kind
      else { return nil }
      return fact.name
    }
  }

  private mutating func addUnits() {
    if (old.zone ?? "UTC") != (new.zone ?? "UTC") {
      let notes = [
        reads(old, \.isClock) || reads(new, \.isClock)
          ? "hour, weekday and date are read by another clock" : nil,
        old.budgets.contains(where: \.followsZone) || new.budgets.contains(where: \.followsZone)
          ? "budgets begin anew at another time" : nil,
      ].compactMap { $0 }
      if !notes.isEmpty {
        changes.append(
          DeclarationChange(
            kind: .units, name: "zone", old: old.zone ?? "UTC", new: new.zone ?? "UTC",
            note: notes.joined(separator: "; ")))
      }
    }
    let (before, after) = (old.vocabulary.referenceTokenizer, new.vocabulary.referenceTokenizer)
    if before != after, reads(old, \.isTokens) || reads(new, \.isTokens) {
      changes.append(
        DeclarationChange(
          kind: .units, name: "reference tokenizer", old: before.rawValue, new: after.rawValue,
          note: "tokens are counted in another way"))
    }
  }

  // MARK: Facts

  private mutating func addFacts() {
    for fact in old.facts {
      let other = new.facts.first { $0.name == fact.name }
      add(
        "fact \(fact.name)", .facts, Self.words(fact), other.map(Self.words), factNote(fact, other))
    }
    for fact in new.facts where !old.facts.contains(where: { $0.name == fact.name }) {
      add("fact \(fact.name)", .facts, nil, Self.words(fact), factNote(nil, fact))
    }
  }

  private func factNote(_ old: CheckedFact?, _ new: CheckedFact?) -> String? {
    guard let new else { return nil }
    if old?.byDefault != nil || old == nil, new.byDefault == nil {
      return "a request that does not say it is refused now"
    }
    guard let old else { return nil }
    if old.type.kind != new.type.kind { return "what a caller says is read in another way" }
    if old.origin != new.origin { return "it is read from another place" }
    if old.defaultCell != new.defaultCell {
      return "a request that does not say it is read otherwise"
    }
    return nil
  }

  private static func words(_ fact: CheckedFact) -> String {
    var words: String
    switch fact.type {
    case .bool: words = "bool"
    case .count: words = "count"
    case .text: words = "text"
    // The order of labels means nothing to a request.
    case .labels(let labels): words = labels.sorted().joined(separator: " | ")
    }
    switch (fact.byDefault, fact.type) {
    case (nil, _): words += " required"
    case (.bool(let flag), _): words += " = \(flag)"
    case (.count(let count), _): words += " = \(count)"
    case (.text(let text), _): words += " = \(text.asPolicyText)"
    case (.label(let label), .labels(let labels)): words += " = \(labels[label])"
    case (.label, _): break
    }
    switch fact.origin {
    case .metadata: break
    case .key: words += " from key"
    case .header(let header): words += " from header \(header.lowercased().asPolicyText)"
    }
    return words
  }

  // MARK: Classifiers

  private mutating func addClassifiers() {
    let catalogs = (CatalogContents(old.vocabulary), CatalogContents(new.vocabulary))
    for classifier in old.classifiers {
      let other = new.classifiers.first { $0.name == classifier.name }
      add(
        "classifier \(classifier.name)", .classifiers, Self.words(classifier, old, catalogs.0),
        other.map { Self.words($0, new, catalogs.1) }, nil)
    }
    for classifier in new.classifiers
    where !old.classifiers.contains(where: { $0.name == classifier.name }) {
      add(
        "classifier \(classifier.name)", .classifiers, nil,
        Self.words(classifier, new, catalogs.1), nil)
    }
  }

  private static func words(
    _ classifier: CheckedClassifier, _ policy: CheckedPolicy, _ catalog: CatalogContents
  ) -> String {
    // A model is shown the labels in their order, and answers by it; to nothing else does it matter.
    let isAsked = if case .ask = classifier.method { true } else { false }
    let labels = isAsked ? classifier.labels : classifier.labels.sorted()
    var words = labels.joined(separator: " | ")
    words += ", reads \(classifier.reads.rawValue), "
    switch classifier.method {
    case .ask(let model, let question):
      let entry = policy[model]
      words += "asks \(entry.name) \(question.asPolicyText)"
      words += " at \(catalog.places(entry.deployments)) for \(catalog.prices(entry))"
      words += " with \(catalog.abilities(entry))"
    case .nearest(let file, let threshold, let otherwise):
      let answers = AnswerWords(policy: policy)
      words += "nearest \(answers.file(file)) >= \(Amounts.text(threshold))\(answers.encoder)"
      words += " else \(classifier.labels[otherwise])"
    case .http(let url): words += "http \(url.asPolicyText)"
    }
    if let timeout = classifier.timeout { words += ", timeout \(Amounts.text(timeout))" }
    return words + ", on failure \(classifier.labels[classifier.onFailure])"
  }

  private mutating func add(
    _ name: String, _ kind: ChangeKind, _ old: String?, _ new: String?, _ note: String?
  ) {
    guard old != new else { return }
    changes.append(DeclarationChange(kind: kind, name: name, old: old, new: new, note: note))
  }

  // MARK: What conditions read

  private func reads(_ policy: CheckedPolicy, _ wanted: (NumberOrLabel) -> Bool) -> Bool {
    var reader = FieldsRead()
    for route in policy.routes { route.condition.map { reader.add($0) } }
    for task in policy.tasks { task.condition.map { reader.add($0) } }
    for condition in policy.conditions { reader.add(condition.condition) }
    for points in policy.points { for line in points.lines { reader.add(line.condition) } }
    for declared in policy.guards { declared.condition.map { reader.add($0) } }
    for budget in policy.budgets { budget.condition.map { reader.add($0) } }
    for compression in policy.compressions { compression.condition.map { reader.add($0) } }
    return reader.fields.contains(where: wanted)
  }
}

/// A field that means something only by a clock or a tokenizer.
enum NumberOrLabel {
  case number(NumberField)
  case label(LabelField)

  var isClock: Bool {
    switch self {
    case .label(.weekday), .number(.hour), .number(.date): true
    case .label, .number: false
    }
  }

  var isTokens: Bool {
    if case .number(.tokens) = self { true } else { false }
  }
}

private struct FieldsRead {
  private(set) var fields: [NumberOrLabel] = []

  mutating func add(_ condition: CheckedCondition) {
    switch condition {
    case .all(let parts, _), .any(let parts, _): for part in parts { add(part) }
    case .not(let part, _): add(part)
    // Named conditions are added where they are declared.
    case .named: break
    case .test(.number(let field, _, _), _): fields.append(.number(field))
    case .test(.label(let field, _), _): fields.append(.label(field))
    case .test: break
    }
  }
}

extension CheckedFact.FactType {
  fileprivate var kind: String {
    switch self {
    case .bool: "bool"
    case .count: "count"
    case .text: "text"
    case .labels: "labels"
    }
  }
}

extension CheckedBudget {
  /// Whether it begins anew by the calendar of the policy's zone.
  fileprivate var followsZone: Bool {
    switch window {
    case .day, .week, .month: true
    case .request, .minute, .hour, nil: false
    }
  }
}
