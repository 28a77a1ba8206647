import PolicySource
import PolicySyntax

/// A declared name with what an editor says of it.
struct WrittenSymbol: Sendable {
  let kind: SymbolKind
  /// The `##` comment above its declaration; of a fact that of its block.
  let documentation: String?
  private let declared: DeclaredName

  init(_ declared: DeclaredName, _ kind: SymbolKind, documentation: String?) {
    self.declared = declared
    self.kind = kind
    self.documentation = documentation
  }

  var name: Name { declared.name }
  /// What declares it: the whole declaration, or the line of a fact.
  var span: Span { declared.span }
  /// Of a fact or classifier with a closed list of values.
  var labels: [Name] { declared.labels }
}

extension Declaration {
  /// The names it declares in the one namespace, in written order.
  var symbols: [WrittenSymbol] {
    guard let kind else { return [] }
    return names.map { WrittenSymbol($0, kind, documentation: documentation) }
  }

  /// Nil for what gives no name.
  private var kind: SymbolKind? {
    switch content {
    case .catalog, .zone, .importing, .test, .always: nil
    case .condition: .condition
    case .facts: .fact
    case .classifier: .classifier
    case .points: .points
    case .task: .task
    case .budget(let node): node.kind
    case .gate: .gate
    case .ladder: .ladder
    case .compression: .compression
    case .guarding: .guarding
    case .route: .route
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
