extension FactDeclaration {
  var node: TreeNode {
    .list("fact", name.node, type.node, presence?.node, origin?.node)
  }
}

extension FactDeclaration.FactType {
  fileprivate var node: TreeNode {
    switch self {
    case .bool: .atom("bool")
    case .count: .atom("count")
    case .text: .atom("text")
    case .labels(let labels): .list("labels", labels.map(\.node))
    }
  }
}

extension FactDeclaration.Presence {
  fileprivate var node: TreeNode {
    switch self {
    case .byDefault(let value): .list("=", value.node)
    case .required: .atom("required")
    }
  }
}

extension FactDeclaration.Origin {
  fileprivate var node: TreeNode {
    switch self {
    case .key: .list("from", .atom("key"))
    case .header(let name): .list("from", .atom("header"), name.node)
    }
  }
}

extension ClassifierDeclaration {
  var node: TreeNode {
    .list(
      "classifier", name.node, .list("labels", labels.map(\.node)),
      reads.map { .list("reads", $0.node) }, method?.node,
      timeout.map { .list("timeout", $0.node) }, onFailure.map { .list("on-failure", $0.node) })
  }
}

extension ClassifierDeclaration.Method {
  fileprivate var node: TreeNode {
    switch self {
    case .ask(let model, let question): .list("ask", model.node, question.node)
    case .nearest(let file, let threshold, let otherwise):
      .list("nearest", file.node, threshold.node, otherwise.node)
    case .http(let url): .list("http", url.node)
    }
  }
}

extension BudgetDeclaration {
  var node: TreeNode {
    .list(
      "budget", name.node, amount.node, .list("per", per.map(\.node)),
      condition.map { .list("when", $0.node) })
  }
}

extension BudgetDeclaration.Amount {
  fileprivate var node: TreeNode {
    switch self {
    case .money(let value): value.node
    case .requests(let value): .list("requests", value.node)
    case .tokens(let value): .list("tokens", value.node)
    case .atOnce(let value): .list("at-once", value.node)
    }
  }
}

extension CompressionDeclaration {
  var node: TreeNode {
    .list(
      "compress", name.node, .list("target", targets.map(\.node)),
      condition.map { .list("when", $0.node) }, size.map { .list("to", $0.node) },
      method.map { .list("with", $0.node) })
  }
}

extension LadderDeclaration {
  var node: TreeNode {
    .list(
      "ladder",
      [name.node] + bounds.map { .list($0.name.text, $0.value.node) } + tiers.map(\.node)
        + outcomes.map(\.node))
  }
}

extension LadderDeclaration.Tier {
  fileprivate var node: TreeNode {
    .list("tier", [model.node] + accepts.map(\.node) + options.map(\.node))
  }
}

extension LadderDeclaration.Pass {
  fileprivate var node: TreeNode {
    .list(
      "accept", gate.node, comparison.map { .atom($0.rawValue) }, threshold?.node)
  }
}

extension LadderDeclaration.Outcome {
  fileprivate var node: TreeNode {
    switch self {
    case .exhausted(let end, _): .list("on-exhausted", .atom(end.rawValue))
    case .filteredClimb: .list("on-filtered", .atom("climb"))
    case .failedStop: .list("on-failed", .atom("stop"))
    }
  }
}

extension CallOption {
  var node: TreeNode { .list(kind.rawValue, value.node) }
}
