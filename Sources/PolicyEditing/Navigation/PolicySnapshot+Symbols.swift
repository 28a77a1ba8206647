import PolicySemantics
import PolicySource
import PolicySyntax

/// A name at a place, and what it stands for.
struct NamedPlace {
  let key: SymbolKey
  let kind: SymbolKind
  let span: Span
}

extension PolicySnapshot {
  /// What is named at a place: by the tree, and where that is broken by the word alone.
  func name(at place: Place) -> NamedPlace? {
    if let found = names.occurrence(at: place) {
      return NamedPlace(key: found.key, kind: found.kind, span: found.span)
    }
    if place.file == catalogFile { return modelInCatalog(at: place) }
    guard let token = word(at: place), names.wordMark(at: token.span) == nil,
      let text = sources[place.file]?.text(of: token.span)
    else { return nil }
    if let symbol = names.symbols[text] {
      return NamedPlace(key: .declared(text), kind: symbol.kind, span: token.span)
    }
    if names.models[text] != nil {
      return NamedPlace(key: .model(text), kind: .model, span: token.span)
    }
    guard names.embedders[text] != nil else { return nil }
    return NamedPlace(key: .embedder(text), kind: .embedder, span: token.span)
  }

  /// The catalog's own key of a model.
  private func modelInCatalog(at place: Place) -> NamedPlace? {
    for (name, entry) in names.models {
      if let span = entry.span, span.touches(place) {
        return NamedPlace(key: .model(name), kind: .model, span: span)
      }
    }
    for (name, entry) in names.embedders {
      if let span = entry.span, span.touches(place) {
        return NamedPlace(key: .embedder(name), kind: .embedder, span: span)
      }
    }
    return nil
  }

  /// The token a place is in or at an end of; of two that meet, the word.
  func token(at place: Place) -> Token? {
    guard let tree = tree(of: place.file) else { return nil }
    let tokens = tree.tokens.tokens
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(tokens[middle].span.start) <= place.offset { low = middle + 1 } else { high = middle }
    }
    let near = tokens[max(0, low - 2)..<low].filter { $0.span.touches(place) }
    return near.last { $0.kind == .word } ?? near.last
  }

  func word(at place: Place) -> Token? {
    token(at: place).flatMap { $0.kind == .word ? $0 : nil }
  }

  /// Where a name is declared, the name alone.
  func declarations(of key: SymbolKey) -> [Span] {
    switch key {
    case .declared, .label, .arm:
      names.occurrences(of: key).filter(\.isDeclaration).map(\.span)
    case .model(let name): names.models[name]?.span.map { [$0] } ?? []
    case .embedder(let name): names.embedders[name]?.span.map { [$0] } ?? []
    }
  }
}

extension NameIndex {
  /// What the tree says of a word that is no name.
  func wordMark(at span: Span) -> WordMark? {
    (words[span.file] ?? []).first { $0.span == span }
  }
}
