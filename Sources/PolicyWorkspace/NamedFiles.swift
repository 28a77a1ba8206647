import PolicySemantics
import PolicySyntax

/// The files a policy file names: system texts, schemas, gold sets, examples and test requests.
enum NamedFiles {
  /// Paths as written, each once, in written order.
  static func of(_ file: PolicyFile) -> [String] {
    var paths: [String] = []
    for declaration in file.declarations { collect(declaration.content, &paths) }
    var seen: Set<String> = []
    return paths.filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  private static func collect(_ content: Declaration.Content, _ paths: inout [String]) {
    switch content {
    case .classifier(let node):
      if case .nearest(let file, _, _) = node.method { paths.append(file.value) }
    case .gate(let node):
      collect(node.condition, &paths)
    case .route(let node):
      for line in node.lines { collect(line, &paths) }
    case .test(let node):
      if case .file(let path) = node.request { paths.append(path.value) }
    case .catalog, .zone, .importing, .condition, .facts, .points, .task, .budget, .ladder,
      .compression, .guarding, .always:
      break
    }
  }

  private static func collect(_ line: RouteLine, _ paths: inout [String]) {
    switch line {
    case .shape(let shape):
      collect(shape, &paths)
    case .split(let split):
      for arm in split.arms { for shape in arm.shapes { collect(shape, &paths) } }
    case .use, .refuse, .cache, .compress, .batch, .stick, .stop, .shadow:
      break
    }
  }

  private static func collect(_ shape: ShapeLine, _ paths: inout [String]) {
    guard case .system(let edit, .file(let path)) = shape.kind else { return }
    paths.append(path.value)
    // What was known when it was accepted lies beside it, if anything was.
    if edit == .replace { paths.append(PromptPins.path(of: path.value)) }
  }

  /// `schema("…")` and `similar("…")` of a gate.
  private static func collect(_ condition: Condition, _ paths: inout [String]) {
    switch condition {
    case .and(let parts, _), .or(let parts, _):
      for part in parts { collect(part, &paths) }
    case .not(let inner, _), .group(let inner, _):
      collect(inner, &paths)
    case .term(let term):
      guard ["schema", "similar"].contains(term.subject.text) else { return }
      for argument in term.arguments ?? [] {
        if case .string(let path) = argument.value.kind { paths.append(path) }
      }
    case .missing:
      break
    }
  }
}
