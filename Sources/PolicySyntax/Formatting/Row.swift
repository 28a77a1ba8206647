/// One line of formatted text before its columns are aligned.
struct Row {
  /// A token on a line: its index, its text, and what stands before it.
  struct Piece {
    let token: Int
    let text: String
    let width: Int
    /// Spaces before it.
    var gap: Int
    /// Whether a column starts here.
    let startsCell: Bool
  }

  enum Indent {
    /// A line of its own, so many blocks deep.
    case depth(Int)
    /// The rest of a line: two blocks deeper than its start.
    case continuation(Int)
    /// An `and` or `or` that ends where the token ends that the condition stands behind.
    case endingWith(token: Int, depth: Int)
    /// Inside parentheses, behind the opening one.
    case behind(token: Int)
  }

  let indent: Indent
  let alignment: Outline.AlignmentClass?
  var pieces: [Piece] = []
  /// A comment on its own line; then there are no pieces.
  var ownComment: String?
  var trailingComment: String?
  var hasBlankLineBefore = false
  /// Whether it ends with a brace that further lines follow.
  var opensBlock = false

  init(_ indent: Indent, alignment: Outline.AlignmentClass? = nil) {
    self.indent = indent
    self.alignment = alignment
  }

  /// The width without indentation.
  var width: Int { pieces.reduce(0) { $0 + $1.gap + $1.width } }

  var isContinuation: Bool {
    if case .depth = indent { false } else { true }
  }

  var depth: Int {
    switch indent {
    case .depth(let depth), .continuation(let depth), .endingWith(_, let depth): depth
    case .behind: -1
    }
  }
}
