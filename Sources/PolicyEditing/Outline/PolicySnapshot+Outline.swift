package import PolicySource
import PolicySyntax

extension PolicySnapshot {
  /// What a file declares, in written order; empty for a file that is no policy.
  package func outline(of file: SourceID) -> [OutlineItem] {
    guard let tree = tree(of: file) else { return [] }
    return tree.declarations.flatMap { outline(of: $0, in: tree.source) }
  }

  private func outline(of declaration: Declaration, in source: SourceFile) -> [OutlineItem] {
    func item(
      _ name: String, _ kind: OutlineItem.Kind, at place: Span, _ detail: String = "",
      _ children: [OutlineItem] = []
    ) -> [OutlineItem] {
      [
        OutlineItem(
          name: name, detail: detail, kind: kind, span: declaration.span.union(place),
          nameSpan: place, children: children)
      ]
    }
    func named(
      _ kind: SymbolKind, _ name: Name, _ detail: String = "", _ children: [OutlineItem] = []
    ) -> [OutlineItem] {
      item(name.text, .symbol(kind), at: name.span, detail, children)
    }
    switch declaration.content {
    case .catalog(let path): return item("catalog", .file, at: declaration.keyword, path.value)
    case .zone(let name): return item("zone", .file, at: declaration.keyword, name.value)
    case .importing(let path): return item("import", .file, at: declaration.keyword, path.value)
    case .condition(let node): return named(.condition, node.name)
    case .facts(let facts):
      return item(
        "facts", .group, at: declaration.keyword, "",
        facts.map { fact in
          OutlineItem(
            name: fact.name.text, detail: fact.typeWords, kind: .symbol(.fact), span: fact.span,
            nameSpan: fact.name.span, children: [])
        })
    case .classifier(let node):
      return named(.classifier, node.name, node.labels.map(\.text).joined(separator: " | "))
    case .points(let node): return named(.points, node.name)
    case .task(let node):
      return named(.task, node.name, node.condition == nil ? "otherwise" : "")
    case .budget(let node):
      return named(node.kind, node.name, node.amountSpan.map(source.text) ?? "")
    case .gate(let node): return named(.gate, node.name)
    case .ladder(let node):
      return named(
        .ladder, node.name, "",
        node.tiers.map { tier in
          OutlineItem(
            name: tier.model.text, detail: tier.accepts.map(\.gate.text).joined(separator: ", "),
            kind: .tier, span: tier.span, nameSpan: tier.model.span, children: [])
        })
    case .compression(let node): return named(.compression, node.name)
    case .guarding(let node): return named(.guarding, node.name)
    case .route(let node):
      let arms = node.arms.map { name, span in
        OutlineItem(
          name: name.text, detail: "", kind: .symbol(.arm), span: span, nameSpan: name.span,
          children: [])
      }
      guard let name = node.name else {
        return item("otherwise", .symbol(.route), at: declaration.keyword, node.targetWords, arms)
      }
      return named(.route, name, node.targetWords, arms)
    case .test(let node): return item(node.title.value, .test, at: node.title.span)
    case .always(let node): return item(node.title.value, .always, at: node.title.span)
    }
  }
}

extension FactDeclaration {
  /// `bool`, `count`, `text` or the labels.
  var typeWords: String {
    switch type {
    case .bool: "bool"
    case .count: "count"
    case .text: "text"
    case .labels(let labels): labels.map(\.text).joined(separator: " | ")
    }
  }
}

extension BudgetDeclaration {
  var amountSpan: Span? {
    switch amount {
    case .money(let value), .requests(let value), .tokens(let value), .atOnce(let value):
      value.span
    }
  }
}

extension RouteDeclaration {
  /// The arms that have a name.
  fileprivate var arms: [(name: Name, span: Span)] {
    lines.flatMap { line -> [(name: Name, span: Span)] in
      guard case .split(let split) = line else { return [] }
      return split.arms.compactMap { arm in arm.name.map { ($0, arm.span) } }
    }
  }

  /// What it asks, in a word or two.
  fileprivate var targetWords: String {
    for line in lines {
      switch line {
      case .use(let use): return use.target.name.text
      case .refuse: return "refuse"
      case .split: return "split"
      case .cache, .shape, .compress, .batch, .stick, .stop, .shadow: continue
      }
    }
    return ""
  }
}
