import PolicySemantics
import PolicySource
import PolicySyntax

/// A path as a policy writes it, and where: quotes included.
struct NamedFile: Hashable, Sendable {
  let path: String
  let span: Span
}

/// The files a policy file names: system texts, schemas, gold sets, examples and test requests.
enum NamedFiles {
  /// Paths as written, each once, in written order.
  static func of(_ file: PolicyFile) -> [String] {
    var paths: [String] = []
    for declaration in file.declarations {
      visit(declaration.content) { named, isReplacement in
        paths.append(named.path)
        // What was known when it was accepted lies beside it, if anything was.
        if isReplacement { paths.append(PromptPins.path(of: named.path)) }
      }
    }
    var seen: Set<String> = []
    return paths.filter { !$0.isEmpty && seen.insert($0).inserted }
  }

  /// Every place of a declaration that names a file, the catalog's too; an import's not.
  static func places(in declaration: Declaration) -> [NamedFile] {
    var places: [NamedFile] = []
    if case .catalog(let path) = declaration.content { places.append(NamedFile(path)) }
    visit(declaration.content) { named, _ in places.append(named) }
    return places
  }

  /// `found` is told whether the file takes the place of a system prompt.
  private static func visit(
    _ content: Declaration.Content, _ found: (NamedFile, _ isReplacement: Bool) -> Void
  ) {
    switch content {
    case .classifier(let node):
      if case .nearest(let file, _, _) = node.method { found(NamedFile(file), false) }
    case .gate(let node):
      visit(node.condition, found)
    case .route(let node):
      for line in node.lines { visit(line, found) }
    case .test(let node):
      if case .file(let path, _) = node.request { found(NamedFile(path), false) }
    case .catalog, .zone, .importing, .condition, .facts, .points, .task, .budget, .ladder,
      .compression, .guarding, .always:
      break
    }
  }

  private static func visit(_ line: RouteLine, _ found: (NamedFile, Bool) -> Void) {
    switch line {
    case .shape(let shape):
      visit(shape, found)
    case .split(let split):
      for arm in split.arms { for shape in arm.shapes { visit(shape, found) } }
    case .use, .refuse, .cache, .compress, .batch, .stick, .stop, .shadow:
      break
    }
  }

  private static func visit(_ shape: ShapeLine, _ found: (NamedFile, Bool) -> Void) {
    guard case .system(let edit, .file(let path)) = shape.kind else { return }
    found(NamedFile(path), edit == .replace)
  }

  /// `schema("…")` and `similar("…")` of a gate.
  private static func visit(_ condition: Condition, _ found: (NamedFile, Bool) -> Void) {
    switch condition {
    case .and(let parts, _), .or(let parts, _):
      for part in parts { visit(part, found) }
    case .not(let inner, _), .group(let inner, _):
      visit(inner, found)
    case .term(let term):
      guard ["schema", "similar"].contains(term.subject.text) else { return }
      for argument in term.arguments ?? [] {
        guard case .string(let path) = argument.value.kind else { continue }
        found(NamedFile(path: path, span: argument.value.span), false)
      }
    case .missing:
      break
    }
  }
}

extension NamedFile {
  fileprivate init(_ literal: StringLiteral) {
    self.init(path: literal.value, span: literal.span)
  }
}
