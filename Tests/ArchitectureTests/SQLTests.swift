import Foundation
import Testing

/// What stands in a statement is written in the sources; what comes from outside is bound (F4).
@Suite struct `SQL` {
  /// The pieces of statements that are put together of other pieces of the sources, each by its file.
  ///
  /// None of them holds anything that was read: whoever adds one says here that it is so.
  static let pieces: [String: Set<String>] = [
    // Two statements that stand above, one against the other.
    "ChainCheck.swift": ["sums", "counters", "sql"],
    // Words and numbers of the schema; SQLite binds nothing in a pragma.
    "LedgerFile.swift": [
      "mode == .durable ? \"FULL\" : \"NORMAL\"", "pageSize", "DatabaseKind.ledger",
      "pragma",
    ],
    "CacheSchema.swift": ["DatabaseKind.cache"],
    "LedgerSchema.swift": ["table", "change", "change.lowercased()"],
    // A table of the schema and as many question marks as it has columns.
    "LedgerStatement.swift": ["table", "marks"],
    // Comparisons with question marks; `LedgerFilter` gives their arguments beside them.
    "LedgerReader.swift": ["condition"],
    // Words of the schema, and the same comparisons.
    "LedgerReader+Ratings.swift": ["LedgerSchema.counts", "Self.query", "condition"],
    "LedgerSchema+Ratings.swift": ["counts"],
  ]

  static let statements = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP", "PRAGMA", "ATTACH", "VALUES",
    "WHERE", "EXCEPT", "UNION", "LIMIT", "TRIGGER", "RAISE",
  ]

  /// The chapters that keep something in SQLite.
  static let chapters: Set<String> = ["RoutingLedger", "RoutingCache"]

  static let files = SourceTree.shared.sources.filter {
    chapters.contains($0.module) || $0.imports.contains("GRDB")
  }

  @Test(arguments: files)
  func `is never built of what was read`(file: SourceTree.File) {
    let name = file.path.split(separator: "/").last.map(String.init) ?? ""
    let allowed = Self.pieces[name] ?? []
    for literal in file.literals where Self.isStatement(literal.text) {
      let strangers = literal.pieces.filter { !allowed.contains($0) }
      #expect(strangers.isEmpty, "\(file.path):\(literal.line) puts \(strangers) into SQL")
    }
  }

  @Test func `is found where it is`() {
    let literals = Self.files.flatMap(\.literals).filter { Self.isStatement($0.text) }
    #expect(literals.count > 30)
    #expect(literals.contains { !$0.pieces.isEmpty })
    let used = Set(literals.flatMap(\.pieces))
    let named = Set(Self.pieces.values.joined())
    #expect(named.subtracting(used) == [], "named, and in no statement")
  }

  @Test func `is in two chapters only`() {
    let others = SourceTree.shared.sources.filter { file in
      !Self.chapters.contains(file.module)
        && file.imports.contains { $0 == "GRDB" || $0 == "SQLite3" }
    }
    #expect(others.map(\.path) == [])
  }

  private static func isStatement(_ text: String) -> Bool {
    let words = text.split { !$0.isLetter }
    return words.contains { statements.contains(String($0)) }
  }
}

extension SourceTree.File {
  struct Literal {
    let line: Int
    let text: String
    /// What stands in `\(…)`.
    let pieces: [String]
  }

  /// The string literals of the file, on one line or on several.
  var literals: [Literal] {
    var literals: [Literal] = []
    var block: (line: Int, text: String)?
    for (index, line) in lines.enumerated() {
      let marks = line.components(separatedBy: "\"\"\"").count - 1
      if let open = block {
        if marks % 2 == 1 {
          literals.append(Literal(line: open.line, text: open.text))
          block = nil
        } else {
          block = (open.line, open.text + line + "\n")
        }
      } else if marks % 2 == 1 {
        block = (index + 1, "")
      } else if !line.drop(while: { $0 == " " }).hasPrefix("//") {
        literals += Self.quoted(line).map { Literal(line: index + 1, text: $0) }
      }
    }
    return literals
  }

  /// The literals of one line; one inside an interpolation belongs to the one around it.
  private static func quoted(_ line: String) -> [String] {
    var literals: [String] = []
    var text: String?
    var depth = 0
    var escaped = false
    for character in line {
      guard let open = text else {
        if character == "\"" { text = "" }
        continue
      }
      if escaped {
        escaped = false
        if character == "(" { depth += 1 }
      } else if character == "\\" {
        escaped = true
      } else if depth > 0 {
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
      } else if character == "\"" {
        literals.append(open)
        text = nil
        continue
      }
      text = open + String(character)
    }
    return literals
  }
}

extension SourceTree.File.Literal {
  init(line: Int, text: String) {
    self.line = line
    self.text = text
    var pieces: [String] = []
    var rest = text[...]
    while let start = rest.firstRange(of: "\\(") {
      rest = rest[start.upperBound...]
      var depth = 1
      let piece = rest.prefix { character in
        if character == "(" { depth += 1 }
        if character == ")" { depth -= 1 }
        return depth > 0
      }
      pieces.append(String(piece))
      rest = rest.dropFirst(piece.count)
    }
    self.pieces = pieces
  }
}
