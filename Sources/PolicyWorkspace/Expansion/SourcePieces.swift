import PolicySource
import PolicySyntax

/// A file cut into its declarations, so that every comment belongs to one place.
///
/// A comment behind a declaration on its last line is its own, one above it too.
struct SourcePieces {
  /// What stands before the first declaration: the version and the comments around it.
  let head: String
  let declarations: [Piece]
  /// Comments behind the last declaration.
  let tail: String

  struct Piece {
    let declaration: Declaration
    /// The comments above it, with the blank lines among them.
    let above: String
    /// Where its text starts, its `@allow` lines included, and ends.
    let text: Range<Int>
    /// The comment behind it; empty if there is none.
    let behind: String
  }

  /// Cuts a file that was parsed without errors.
  ///
  /// O(n).
  init(_ file: PolicyFile) {
    let bytes = file.source.bytes
    let trivia = Trivia(file)
    var pieces: [Piece] = []
    for declaration in file.declarations {
      let start = Int((declaration.allows.map(\.span) + [declaration.span]).map(\.start).min() ?? 0)
      let end = Int(declaration.span.end)
      pieces.append(
        Piece(
          declaration: declaration, above: trivia.above(start), text: start..<end,
          behind: trivia.behind(end)))
    }
    let version = file.version.map { Int($0.span.end) } ?? 0
    let opening = file.tokens.tokens.first.map { Int($0.span.start) } ?? 0
    let first = String(decoding: bytes[opening..<max(opening, version)], as: UTF8.self)
    head = trivia.above(opening) + first + trivia.behind(version)
    tail = trivia.above(bytes.count)
    declarations = pieces
  }
}

/// The text between tokens, by where it ends and where it starts.
private struct Trivia {
  private let bytes: [UInt8]
  private var startOf: [Int: Int] = [:]
  private var endOf: [Int: Int] = [:]

  init(_ file: PolicyFile) {
    bytes = file.source.bytes
    for token in file.tokens.tokens {
      startOf[Int(token.span.start)] = Int(token.triviaStart)
      endOf[Int(token.triviaStart)] = Int(token.span.start)
    }
  }

  /// The lines that end before a token; what ends the line of the token before is not among them.
  func above(_ token: Int) -> String {
    guard let start = startOf[token] else { return "" }
    let lines = bytes[start..<min(token, bytes.count)]
    guard start > 0 else { return Self.text(lines.drop { $0 >= 0x80 }) }
    guard let end = lines.firstIndex(where: { $0.endsLine }) else { return "" }
    return Self.text(lines[end...])
  }

  /// A comment that starts on the line where a token ends.
  func behind(_ token: Int) -> String {
    guard let end = endOf[token] else { return "" }
    let line = bytes[token..<min(end, bytes.count)].prefix { !$0.endsLine }
    return line.contains(UInt8(ascii: "#")) ? Self.text(line) : ""
  }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var endsLine: Bool { self == 0x0A || self == 0x0D }
}
