import PolicySemantics
import PolicySource
import PolicySyntax

/// Every name of a policy's files and each place it is written at, by the syntax tree alone, so that a
/// policy with errors has one too.
///
/// Made once for a snapshot. O(size of the files).
struct NameIndex: Sendable {
  /// The first declaration of each name.
  private(set) var symbols: [String: WrittenSymbol] = [:]
  /// Declared names in written order, the policy's own file first.
  private(set) var names: [String] = []
  /// In written order, file by file.
  private(set) var occurrences: [SourceID: [Occurrence]] = [:]
  /// Words that name no thing but a field or a value of the language, by file, in written order.
  private(set) var words: [SourceID: [WordMark]] = [:]
  let models: [String: ModelEntry]
  let embedders: [String: EmbedderEntry]

  /// Whether a word is a field or one of a field's values.
  struct WordMark: Sendable {
    let span: Span
    let isField: Bool
  }

  init(_ files: [PolicyFile], _ vocabulary: Vocabulary?) {
    models = Dictionary(
      (vocabulary?.models ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    embedders = Dictionary(
      (vocabulary?.embedders ?? []).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    for file in files {
      for declaration in file.declarations {
        for symbol in declaration.symbols where symbols[symbol.name.text] == nil {
          symbols[symbol.name.text] = symbol
          names.append(symbol.name.text)
        }
      }
    }
    for file in files {
      var walk = OccurrenceWalk(self)
      for declaration in file.declarations { walk.visit(declaration) }
      occurrences[file.source.id] = walk.found.sorted { $0.span < $1.span }
      words[file.source.id] = walk.words.sorted { $0.span < $1.span }
    }
  }

  /// Declared names of these kinds, in written order.
  func symbols(of kinds: Set<SymbolKind>) -> [WrittenSymbol] {
    names.compactMap { symbols[$0] }.filter { kinds.contains($0.kind) }
  }

  /// What is named at a place; where two names meet, the one that begins there.
  func occurrence(at place: Place) -> Occurrence? {
    let all = occurrences[place.file] ?? []
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(all[middle].span.start) <= place.offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, all[low - 1].span.touches(place) else { return nil }
    return all[low - 1]
  }

  /// Every place that names the same thing, file by file.
  func occurrences(of key: SymbolKey) -> [Occurrence] {
    occurrences.keys.sorted().flatMap { file in
      (occurrences[file] ?? []).filter { $0.key == key }
    }
  }
}
