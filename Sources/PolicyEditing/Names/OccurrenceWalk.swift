import PolicySource
import PolicySyntax

/// Goes over a file's tree and notes each name with what it stands for.
///
/// A name is looked up as the checker does: what is declared before what the catalog has, and where a
/// model may stand a ladder first.
struct OccurrenceWalk {
  private let index: NameIndex
  private(set) var found: [Occurrence] = []
  private(set) var words: [NameIndex.WordMark] = []

  init(_ index: NameIndex) { self.index = index }

  // MARK: What a name may stand for

  mutating func declare(_ key: SymbolKey, _ kind: SymbolKind, _ name: Name) {
    found.append(Occurrence(key: key, kind: kind, span: name.span, isDeclaration: true))
  }

  mutating func use(_ key: SymbolKey, _ kind: SymbolKind, at span: Span) {
    found.append(Occurrence(key: key, kind: kind, span: span, isDeclaration: false))
  }

  mutating func field(_ name: Name) { words.append(.init(span: name.span, isField: true)) }

  mutating func word(_ span: Span) { words.append(.init(span: span, isField: false)) }

  /// A declared name of any kind; a word of the language if there is none.
  mutating func declared(_ text: String, at span: Span) {
    guard let symbol = index.symbols[text] else { return word(span) }
    use(.declared(text), symbol.kind, at: span)
  }

  mutating func declared(_ name: Name) { declared(name.text, at: name.span) }

  /// A model; a declared name where the catalog has no such model.
  mutating func model(_ text: String, at span: Span) {
    if index.models[text] != nil { return use(.model(text), .model, at: span) }
    if index.embedders[text] != nil { return use(.embedder(text), .embedder, at: span) }
    declared(text, at: span)
  }

  mutating func model(_ name: Name) { model(name.text, at: name.span) }

  mutating func embedder(_ name: Name) {
    guard index.embedders[name.text] != nil else { return model(name) }
    use(.embedder(name.text), .embedder, at: name.span)
  }

  /// What a route asks: a ladder, a model, or `requested`.
  mutating func target(_ target: Target) {
    if target.name.text == "requested" {
      word(target.name.span)
    } else if index.symbols[target.name.text]?.kind == .ladder {
      declared(target.name)
    } else {
      model(target.name)
    }
    options(target.options)
  }

  mutating func options(_ options: [CallOption]) {
    for option in options {
      if case .word = option.value.kind { word(option.value.span) }
    }
  }

  /// What stands left of a test of a request: a field, a declared name, or a budget's `.used`.
  mutating func subject(_ name: Name) {
    if RequestWords.isField(name.text) { return field(name) }
    if index.symbols[name.text] != nil { return declared(name) }
    guard let dot = name.text.utf8.lastIndex(of: UInt8(ascii: ".")) else { return field(name) }
    let owner = String(name.text[..<dot])
    guard let symbol = index.symbols[owner], symbol.kind == .budget || symbol.kind == .limit else {
      return field(name)
    }
    let end = name.span.start + UInt32(owner.utf8.count)
    use(
      .declared(owner), symbol.kind,
      at: Span(file: name.span.file, start: name.span.start, end: end))
    words.append(
      .init(span: Span(file: name.span.file, start: end + 1, end: name.span.end), isField: true))
  }

  /// What a line of `given` is about: a gate, a classifier, a budget's `.used`, a model or an
  /// embedder.
  mutating func subjectOfGiven(_ name: Name) {
    let isOfCatalog = index.models[name.text] != nil || index.embedders[name.text] != nil
    if index.symbols[name.text] == nil, isOfCatalog { return model(name) }
    subject(name)
  }

  /// A value held against a subject: a label of it, a task, a model, a route.
  mutating func value(_ value: Value, of subject: String) {
    guard case .word(let text) = value.kind else { return }
    switch subject {
    case "task", "route", "refused_by": return declared(text, at: value.span)
    case "model", "first", "last", "answered_by", "model.name", "first.name", "last.name":
      return model(text, at: value.span)
    default: label(text, of: subject, at: value.span)
    }
  }

  mutating func label(_ text: String, of owner: String, at span: Span) {
    let labels = index.symbols[owner]?.labels ?? []
    guard labels.contains(where: { $0.text == text }) else { return word(span) }
    use(.label(text, of: owner), .label, at: span)
  }
}

// MARK: Conditions

extension OccurrenceWalk {
  /// Whose test a condition is: that decides what its words are.
  enum Subject {
    case request, answer, model, runningAnswer
  }

  mutating func visit(_ condition: Condition, of subject: Subject = .request) {
    switch condition {
    case .and(let parts, _), .or(let parts, _): for part in parts { visit(part, of: subject) }
    case .not(let inner, _), .group(let inner, _): visit(inner, of: subject)
    case .term(let term): visit(term, of: subject)
    case .missing: break
    }
  }

  private mutating func visit(_ term: Term, of subject: Subject) {
    let name = term.subject
    switch subject {
    case .request: self.subject(name)
    case .answer: if AnswerWords.isField(name.text) { field(name) } else { declared(name) }
    case .model, .runningAnswer: field(name)
    }
    for argument in term.arguments ?? [] {
      guard case .word(let text) = argument.value.kind else { continue }
      switch name.text {
      case "judge", "agrees", "healthy": model(text, at: argument.value.span)
      case "mix": declared(text, at: argument.value.span)
      default: word(argument.value.span)
      }
    }
    switch term.check {
    case .compare(_, _, let value): self.value(value, of: name.text)
    case .membership(_, let list), .text(_, _, let list):
      for value in list.values { self.value(value, of: name.text) }
    case .startsWith, .matches, nil: break
    }
  }
}
