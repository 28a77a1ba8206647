import JSONWriting
import PolicyEditing
import PolicySource

extension DocumentQuestion {
  /// Five numbers a token, each place counted from the one before; no token is over two lines.
  func semanticTokens() -> [UInt8] {
    let pieces = snapshot.tokens(of: file.id).flatMap(pieces).sorted { $0.start < $1.start }
    return Self.object { json in
      json.array("data") { json in
        var last = TextPosition(line: 0, character: 0)
        for piece in pieces {
          let isSameLine = piece.start.line == last.line
          json.integer(piece.start.line - last.line)
          json.integer(piece.start.character - (isSameLine ? last.character : 0))
          json.integer(piece.length)
          json.integer(piece.type)
          json.integer(piece.modifiers)
          last = piece.start
        }
      }
    }
  }

  private struct Piece {
    let start: TextPosition
    let length: Int
    let type: Int
    let modifiers: Int
  }

  private func pieces(of token: ClassifiedToken) -> [Piece] {
    guard let type = TokenLegend.types.firstIndex(of: token.kind.type) else { return [] }
    let range = range(of: token.span)
    var pieces: [Piece] = []
    for line in range.start.line...max(range.start.line, range.end.line) {
      let start = line == range.start.line ? range.start.character : 0
      let end =
        line == range.end.line
        ? range.end.character
        : file.position(of: file.lineRange(line + 1).upperBound, in: client.encoding).character
      guard end > start else { continue }
      pieces.append(
        Piece(
          start: TextPosition(line: line, character: start), length: end - start, type: type,
          modifiers: token.isDeclaration ? 1 : 0))
    }
    return pieces
  }
}

/// The protocol's names for colours this server uses, in the order their numbers have.
enum TokenLegend {
  static let types = [
    "namespace", "type", "class", "enum", "interface", "struct", "parameter", "variable",
    "property", "enumMember", "function", "method", "macro", "keyword", "comment", "string",
    "number", "regexp", "operator",
  ]
  static let modifiers = ["declaration"]
}

extension ClassifiedToken.Kind {
  fileprivate var type: String {
    switch self {
    case .keyword: "keyword"
    case .symbol(let kind): kind.tokenType
    case .field: "property"
    case .value: "enumMember"
    case .number: "number"
    case .string: "string"
    case .regex: "regexp"
    case .comment: "comment"
    case .comparison: "operator"
    }
  }
}

extension SymbolKind {
  fileprivate var tokenType: String {
    switch self {
    case .fact: "variable"
    case .classifier: "enum"
    case .condition, .points: "function"
    case .task: "class"
    case .budget, .limit: "struct"
    case .gate, .guarding: "interface"
    case .ladder: "type"
    case .compression: "macro"
    case .route: "method"
    case .arm: "parameter"
    case .label: "enumMember"
    case .model, .embedder: "namespace"
    }
  }
}
