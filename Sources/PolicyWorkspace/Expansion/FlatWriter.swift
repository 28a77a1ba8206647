import PolicySemantics
import PolicySource
import PolicySyntax

/// Puts the pieces of several files into one text; the formatter does the rest.
struct FlatWriter {
  /// The policy's own path.
  let policy: String
  /// Where the flat policy will stand.
  let path: String
  let absolute: (String) -> String
  let allowing: Set<Int>
  private(set) var text = ""
  private(set) var written: [Written] = []

  struct Written {
    let declaration: Declaration
    let source: SourceFile
    let isImported: Bool
  }

  init(
    policy: String, path: String, absolute: @escaping (String) -> String, allowing: Set<Int>
  ) {
    self.policy = policy
    self.path = path
    self.absolute = absolute
    self.allowing = allowing
  }

  mutating func write(_ files: [PolicyFile]) {
    guard let policy = files.first else { return }
    let own = SourcePieces(policy)
    let rest = files.dropFirst().map { (file: $0, pieces: SourcePieces($0)) }
    // Only an import has been asked for by a path some file writes; what is left are tests.
    let asked = Self.imported(by: files)
    let isImport = { (file: PolicyFile) in
      asked.contains(PolicyPath.joined(file.source.path, to: ""))
    }
    let imports = rest.filter { isImport($0.file) }
    text = own.head
    var comments = Self.comments(of: [(policy, own)] + rest)
    let place = Self.place(for: imports.map(\.pieces), among: own.declarations)
    for (index, piece) in own.declarations.enumerated() {
      if index == place { writeImports(imports, &comments) }
      if case .importing = piece.declaration.content { continue }
      write(piece, of: policy.source, isImported: false)
    }
    if own.declarations.count == place { writeImports(imports, &comments) }
    text += own.tail
    for tests in rest where !isImport(tests.file) {
      write(tests.pieces, of: tests.file.source)
    }
  }

  private mutating func writeImports(
    _ imports: [(file: PolicyFile, pieces: SourcePieces)], _ comments: inout [String: String]
  ) {
    for (file, pieces) in imports {
      if let said = comments.removeValue(forKey: PolicyPath.joined(file.source.path, to: "")) {
        text += "\n\n" + said
      }
      write(pieces, of: file.source)
    }
  }

  /// A whole file but its version.
  private mutating func write(_ pieces: SourcePieces, of source: SourceFile) {
    text += "\n" + Self.plain(pieces.head)
    for piece in pieces.declarations {
      if case .importing = piece.declaration.content { continue }
      write(piece, of: source, isImported: true)
    }
    text += "\n" + Self.plain(pieces.tail)
  }

  private mutating func write(
    _ piece: SourcePieces.Piece, of source: SourceFile, isImported: Bool
  ) {
    var above = piece.above
    if isImported {
      let line = source.location(of: piece.declaration.span.start).line
      let lines = above.drop(while: \.isWhitespace)
      text += piece.above.filter(\.isNewline).count > 1 ? "\n\n" : "\n"
      text += "# from \(shown(source.path)):\(line)\n"
      above = String(lines)
    }
    if !text.hasSuffix("\n"), above.first?.isNewline != true { text += "\n" }
    text += above
    if !text.hasSuffix("\n") { text += "\n" }
    if allowing.contains(written.count) {
      text += "@allow(unused_declaration, reason: \"imported, and not used by this policy\")\n"
    }
    text += body(of: piece, in: source) + piece.behind
    written.append(
      Written(declaration: piece.declaration, source: source, isImported: isImported))
  }

  // MARK: - Paths

  /// The text of a declaration with the paths in it as they read from the flat policy.
  private func body(of piece: SourcePieces.Piece, in source: SourceFile) -> String {
    var body = ""
    var start = piece.text.lowerBound
    let places = NamedFiles.places(in: piece.declaration).sorted { $0.span < $1.span }
    for named in places where !named.path.isEmpty {
      let moved = self.moved(named.path, writtenIn: source.path)
      guard moved != named.path else { continue }
      body += String(decoding: source.bytes[start..<Int(named.span.start)], as: UTF8.self)
      body += moved.asPolicyText
      start = Int(named.span.end)
    }
    return body + String(decoding: source.bytes[start..<piece.text.upperBound], as: UTF8.self)
  }

  /// A path another file writes, as the flat policy has to; one from the root stays.
  private func moved(_ written: String, writtenIn file: String) -> String {
    guard !written.hasPrefix("/") else { return written }
    guard PolicyPath.joined("", to: file) != PolicyPath.joined("", to: path) else { return written }
    return reached(PolicyPath.joined(written, to: file), from: path)
  }

  private func reached(_ target: String, from file: String) -> String {
    PolicyPath.relative(target, to: file)
      ?? PolicyPath.relative(absolute(target), to: absolute(file)) ?? absolute(target)
  }

  /// A file as the policy would import it, on one line whatever its name is.
  private func shown(_ file: String) -> String {
    let quoted = reached(file, from: policy).asPolicyText
    let inner = quoted.dropFirst().dropLast()
    return inner.contains("\\") ? quoted : String(inner)
  }

  // MARK: - Where imports go

  /// Among the policy's own: where its first import stands, before all that an import brings too.
  private static func place(
    for imports: [SourcePieces], among own: [SourcePieces.Piece]
  ) -> Int {
    let brought = Set(imports.flatMap(\.declarations).map(\.declaration.content.group))
    return own.firstIndex { piece in
      if case .importing = piece.declaration.content { return true }
      return brought.contains(piece.declaration.content.group)
    } ?? own.count
  }

  /// Every file some file of the policy imports.
  private static func imported(by files: [PolicyFile]) -> Set<String> {
    var paths: Set<String> = []
    for file in files {
      for declaration in file.declarations {
        guard case .importing(let literal) = declaration.content else { continue }
        paths.insert(PolicyPath.joined(literal.value, to: file.source.path))
      }
    }
    return paths
  }

  /// What is said above and behind the lines that import a file, by its path.
  private static func comments(
    of files: [(file: PolicyFile, pieces: SourcePieces)]
  ) -> [String: String] {
    var comments: [String: String] = [:]
    for (file, pieces) in files {
      for piece in pieces.declarations {
        guard case .importing(let literal) = piece.declaration.content else { continue }
        let said = plain(piece.above + "\n" + piece.behind)
        guard !said.isEmpty else { continue }
        comments[PolicyPath.joined(literal.value, to: file.source.path), default: ""] += said
      }
    }
    return comments
  }

  /// The comments of a text, a line each, none of which documents a declaration.
  private static func plain(_ text: String) -> String {
    var lines = ""
    for line in text.split(whereSeparator: \.isNewline) {
      guard let hash = line.firstIndex(of: "#") else { continue }
      lines += "# " + line[hash...].drop { $0 == "#" }.drop(while: \.isWhitespace) + "\n"
    }
    return lines.isEmpty ? "" : lines + "\n"
  }
}

extension Declaration.Content {
  /// Declarations of one group are held in one order.
  fileprivate var group: Int {
    switch self {
    case .catalog: 0
    case .zone: 1
    case .importing: 2
    case .condition: 3
    case .facts: 4
    case .classifier: 5
    case .points: 6
    case .task: 7
    case .budget: 8
    case .gate: 9
    case .ladder: 10
    case .compression: 11
    case .guarding: 12
    case .route: 13
    case .test: 14
    case .always: 15
    }
  }
}
