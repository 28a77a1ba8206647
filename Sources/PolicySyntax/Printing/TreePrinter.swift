/// The tree of a policy as S-expressions, for tests and for the curious.
///
/// Spans are left out; everything else of the tree is there.
package enum TreePrinter {
  package static func text(of file: PolicyFile) -> String {
    let version = file.version.map { "\($0.number)" } ?? "missing"
    let lines = file.declarations.map { "\n  " + $0.node.text(indent: 2) }
    return "(policy \(version)\(lines.joined()))\n"
  }
}

extension Name {
  var node: TreeNode { .atom(text) }
}

extension StringLiteral {
  var node: TreeNode { .quoted(value) }
}

extension Declaration {
  fileprivate var node: TreeNode {
    let above =
      allows.map(\.node) + (documentation.map { [.list("##", .quoted($0))] } ?? [])
    return above.isEmpty ? content.node : .list("with", above + [content.node])
  }
}

extension Allow {
  fileprivate var node: TreeNode {
    .list("@allow", code.node, reason?.node, until?.node)
  }
}

extension Declaration.Content {
  fileprivate var node: TreeNode {
    switch self {
    case .catalog(let path): .list("catalog", path.node)
    case .zone(let name): .list("zone", name.node)
    case .importing(let path): .list("import", path.node)
    case .condition(let it): .list("condition", it.name.node, it.condition.node)
    case .facts(let facts): .list("facts", facts.map(\.node))
    case .classifier(let it): it.node
    case .points(let it):
      .list(
        "points",
        [it.name.node] + it.lines.map { .list([$0.weight.node, $0.condition.node]) })
    case .task(let it): .list("task", it.name.node, it.condition?.node ?? .atom("otherwise"))
    case .budget(let it): it.node
    case .gate(let it):
      .list(
        "gate", it.name.node, it.condition.node,
        it.onFailure.map { .list("on-failure", $0.node) })
    case .ladder(let it): it.node
    case .compression(let it): it.node
    case .guarding(let it):
      .list(
        "guard",
        [it.name.node] + (it.condition.map { [.list("when", $0.node)] } ?? [])
          + it.lines.map(\.node))
    case .route(let it): it.node
    case .test(let it): it.node
    case .always(let it):
      .list("always", [it.title.node, it.condition.node] + it.entries.map(\.node))
    }
  }
}

extension GuardDeclaration.Line {
  fileprivate var node: TreeNode {
    switch self {
    case .onlyModels(let condition, _): .list("only-models", condition.node)
    case .dropTools: .list("drop-tools")
    case .refuse(let message, _): .list("refuse", message.node)
    }
  }
}
