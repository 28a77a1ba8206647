import PolicySource
import PolicySyntax

/// A declared name with the text that declares it.
struct WrittenSymbol: Sendable {
  let kind: SymbolKind
  let name: Name
  /// What declares it: the whole declaration, or the line of a fact.
  let span: Span
  /// The `##` comment above it; of a fact that of its block.
  let documentation: String?
  /// Of a fact or classifier with a closed list of values.
  let labels: [Name]
}

extension Declaration {
  /// The names it declares in the one namespace, in written order.
  var symbols: [WrittenSymbol] {
    func symbol(_ kind: SymbolKind, _ name: Name, labels: [Name] = []) -> [WrittenSymbol] {
      [
        WrittenSymbol(
          kind: kind, name: name, span: span, documentation: documentation, labels: labels)
      ]
    }
    switch content {
    case .catalog, .zone, .importing, .test, .always: return []
    case .condition(let node): return symbol(.condition, node.name)
    case .facts(let facts):
      return facts.map { fact in
        WrittenSymbol(
          kind: .fact, name: fact.name, span: fact.span, documentation: documentation,
          labels: fact.labels)
      }
    case .classifier(let node): return symbol(.classifier, node.name, labels: node.labels)
    case .points(let node): return symbol(.points, node.name)
    case .task(let node): return symbol(.task, node.name)
    case .budget(let node): return symbol(node.kind, node.name)
    case .gate(let node): return symbol(.gate, node.name)
    case .ladder(let node): return symbol(.ladder, node.name)
    case .compression(let node): return symbol(.compression, node.name)
    case .guarding(let node): return symbol(.guarding, node.name)
    case .route(let node): return node.name.map { symbol(.route, $0) } ?? []
    }
  }
}

extension FactDeclaration {
  /// Of a fact with a closed list of values.
  var labels: [Name] {
    switch type {
    case .labels(let labels): labels
    case .bool, .count, .text: []
    }
  }
}

extension BudgetDeclaration {
  var kind: SymbolKind {
    switch amount {
    case .money: .budget
    case .requests, .tokens, .atOnce: .limit
    }
  }
}
