extension Entry {
  var node: TreeNode { .list(comparison.rawValue, subject.node, value.node) }
}

extension TestDeclaration {
  var node: TreeNode {
    let givens: [TreeNode] = given.isEmpty ? [] : [.list("given", given.map(\.node))]
    return .list(
      "test",
      [title.node, request.node] + givens + [.list("expect", expect.map(\.node))])
  }
}

extension TestDeclaration.Request {
  fileprivate var node: TreeNode {
    switch self {
    case .file(let path, let entries):
      .list("request", [.list("file", path.node)] + entries.map(\.node))
    case .entries(let entries): .list("request", entries.map(\.node))
    }
  }
}

extension TestDeclaration.Given {
  fileprivate var node: TreeNode {
    switch self {
    case .value(let name, let value, let model, _):
      .list("=", name.node, value.node, model.map { .list("at", $0.node) })
    case .fails(let name, let failure, let model, _):
      .list("fails", name.node, failure.node, model.map { .list("at", $0.node) })
    }
  }
}
