import PolicyCompiler
import PolicyDiagnostics
import PolicySemantics
import PolicySource
import PolicySyntax

extension PolicySnapshot {
  /// What may stand at a place, the likeliest first; nothing inside a text or a comment.
  ///
  /// By the tokens before the place, so that it works on a line that is only begun.
  package func completions(at place: Place) -> [Completion] {
    guard let tree = tree(of: place.file),
      let context = CursorContext(tree.source, at: place.offset, names: names)
    else { return [] }
    let maker = CompletionMaker(
      names: names, vocabulary: compilation.vocabulary, sources: sources, replacing: context.typed,
      isQuoted: context.isQuoted)
    let typed = sources.text(of: context.typed)
    let owner = context.isQuoted ? nil : typed.lastIndex(of: ".").map { typed[...$0] }
    var seen: Set<String> = []
    return context.offers.filter { !context.isQuoted || $0.isOfNames }.flatMap(maker.completions)
      .filter { owner.map($0.label.hasPrefix) ?? true }
      .filter { seen.insert($0.label).inserted }
  }
}

/// Makes completions of what the grammar offers.
private struct CompletionMaker {
  let names: NameIndex
  let vocabulary: Vocabulary?
  let sources: SourceMap
  let replacing: Span
  let isQuoted: Bool

  /// Whether the catalog is a long public list: then a model's page is left to the hover.
  private var isLarge: Bool { (vocabulary?.models.count ?? 0) > 200 }

  func completions(_ offer: Offer) -> [Completion] {
    switch offer {
    case .keywords(let words): return words.map { plain($0, .keyword) }
    case .values(let words): return words.map { plain($0, .value) }
    case .units(let words): return words.map { plain($0, .unit) }
    case .snippets(let snippets):
      return snippets.map {
        made(
          $0.label, .snippet, documentation: $0.documentation, insert: $0.body,
          isSnippet: $0.body.contains("$"))
      }
    case .fields(let fields):
      return fields.map {
        made(
          $0.word, .field, detail: $0.type.words, documentation: $0.documentation,
          insert: $0.usage ?? $0.word, isSnippet: $0.usage != nil)
      }
    case .symbols(let kinds): return names.symbols(of: kinds).map { symbol($0) }
    case .budgets(let withLeft):
      return names.symbols(of: [.budget, .limit]).flatMap { budget in
        (withLeft ? [".used", ".left"] : [".used"]).map {
          made(
            budget.name.text + $0, .field, detail: FieldType.budget.words,
            documentation: budget.documentation ?? "")
        }
      }
    case .models:
      return (vocabulary?.models ?? []).map { model in
        let words = ModelWords(currency: vocabulary?.currency ?? "")
        return made(
          model.name, .symbol(.model), detail: words.short(model.prices),
          documentation: isLarge ? "" : words.markdown(of: model))
      }
    case .embedders:
      return (vocabulary?.embedders ?? []).map { embedder in
        let words = ModelWords(currency: vocabulary?.currency ?? "")
        return made(
          embedder.name, .symbol(.embedder),
          detail: words.short(ModelPrices(input: embedder.price)),
          documentation: words.markdown(of: embedder))
      }
    case .labels(let owner):
      return (names.symbols[owner]?.labels ?? []).map {
        made($0.text, .symbol(.label), detail: owner)
      }
    case .ofCatalog(let word): return words(of: word).map { plain($0, .value) }
    case .rules:
      return RuleWords.allowed.map {
        made($0.code.rawValue, .rule, detail: $0.finds, documentation: $0.why)
      }
    }
  }

  private func symbol(_ symbol: WrittenSymbol) -> Completion {
    let text = sources.text(of: symbol.span)
    let first = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    return made(
      symbol.name.text, .symbol(symbol.kind), detail: first,
      documentation: symbol.documentation ?? "")
  }

  private func words(of word: FieldType.CatalogWord) -> [String] {
    let models = vocabulary?.models ?? []
    let all =
      switch word {
      case .provider: models.flatMap { $0.deployments.map(\.provider) }
      case .region: models.flatMap { $0.deployments.compactMap(\.region) }
      case .tag: models.flatMap(\.tags)
      }
    return Set(all).sorted()
  }

  private func plain(_ word: String, _ kind: Completion.Kind) -> Completion {
    made(word, kind)
  }

  private func made(
    _ label: String, _ kind: Completion.Kind, detail: String = "", documentation: String = "",
    insert: String? = nil, isSnippet: Bool = false
  ) -> Completion {
    Completion(
      label: label, kind: kind, detail: detail, documentation: documentation, replacing: replacing,
      isQuoted: isQuoted, insertText: insert ?? label, isSnippet: isSnippet)
  }
}
