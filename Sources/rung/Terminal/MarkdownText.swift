/// Texts in Markdown.
enum MarkdownText {
  /// What would end a cell, begin a tag or a code is written so that it does not.
  static func cell(_ text: String) -> String {
    Terminal.harmless(text).map { letter in
      switch letter {
      case "|": "\\|"
      case "<": "&lt;"
      case "&": "&amp;"
      case "`": "'"
      case let other: String(other)
      }
    }.joined()
  }

  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}
