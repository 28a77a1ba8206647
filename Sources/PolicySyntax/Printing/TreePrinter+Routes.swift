extension RouteDeclaration {
  var node: TreeNode {
    guard let name else { return .list("otherwise", lines.map(\.node)) }
    return .list("route", [name.node, condition?.node ?? .atom("missing")] + lines.map(\.node))
  }
}

extension RouteLine {
  fileprivate var node: TreeNode {
    switch self {
    case .use(let use): use.node
    case .refuse(let message, _): .list("refuse", message.node)
    case .cache(let line): line.node
    case .shape(let line): line.node
    case .compress(let name, _): .list("compress", name.node)
    case .batch(let size, let time, _): .list("batch", size.node, time.node)
    case .stick(let time, _): .list("stick", time.node)
    case .stop(let line):
      .list("stop", line.after.map { .list("after", $0.node) }, line.condition.node)
    case .shadow(let share, let target, _): .list("shadow", share.node, target.node)
    case .split(let line): .list("split", [line.by.node] + line.arms.map(\.node))
    }
  }
}

extension Use {
  var node: TreeNode { .list("use", [target.node] + fallbacks.map(\.node)) }
}

extension Use.Fallback {
  fileprivate var node: TreeNode {
    .list("fallback", on.map { .list("on", $0.map(\.node)) }, target.node)
  }
}

extension Target {
  var node: TreeNode {
    options.isEmpty ? name.node : .list([name.node] + options.map(\.node))
  }
}

extension CacheLine {
  fileprivate var node: TreeNode {
    let kind: TreeNode =
      switch self.kind {
      case .exact: .atom("exact")
      case .similar(let threshold, let encoder): .list("similar", threshold.node, encoder.node)
      }
    let scope: TreeNode? =
      switch self.scope {
      case .per(let name): .list("per", name.node)
      case .shared: .atom("shared")
      case nil: nil
      }
    return .list("cache", kind, lifetime.node, scope)
  }
}

extension ShapeLine {
  var node: TreeNode {
    switch kind {
    case .set(let name, let value): .list("set", name.node, value.node)
    case .byDefault(let name, let value): .list("default", name.node, value.node)
    case .system(let edit, .inline(let text)): .list("\(edit.rawValue)-system", text.node)
    case .system(let edit, .file(let path)):
      .list("\(edit.rawValue)-system", .list("file", path.node))
    }
  }
}

extension SplitLine.Arm {
  var node: TreeNode {
    .list(
      "arm",
      [share.node] + (name.map { [.list("as", $0.node)] } ?? []) + shapes.map(\.node)
        + [use.node])
  }
}
