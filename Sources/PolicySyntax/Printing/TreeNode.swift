/// A tree as text: `(route faq (= task chat) (use support))`.
indirect enum TreeNode {
  case atom(String)
  case list([TreeNode])

  static func list(_ head: String, _ rest: [TreeNode]) -> TreeNode { .list([.atom(head)] + rest) }

  static func list(_ head: String, _ rest: TreeNode?...) -> TreeNode {
    .list([.atom(head)] + rest.compactMap { $0 })
  }

  static func quoted(_ text: String) -> TreeNode {
    let escaped = text.map { character in
      switch character {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      default: String(character)
      }
    }
    return .atom("\"" + escaped.joined() + "\"")
  }

  /// On one line where it fits, otherwise each child but the first on its own.
  func text(indent: Int = 0, width: Int = 100) -> String {
    let flat = flatText
    guard indent + flat.utf8.count > width, case .list(let children) = self else { return flat }
    let separator = "\n" + String(repeating: " ", count: indent + 2)
    var head = "("
    var rest = children[...]
    while let first = rest.first, case .atom(let text) = first {
      head += (head.utf8.count > 1 ? " " : "") + text
      rest = rest.dropFirst()
    }
    return rest.reduce(head) { $0 + separator + $1.text(indent: indent + 2, width: width) } + ")"
  }

  private var flatText: String {
    switch self {
    case .atom(let text): text
    case .list(let children): "(" + children.map(\.flatText).joined(separator: " ") + ")"
    }
  }
}
