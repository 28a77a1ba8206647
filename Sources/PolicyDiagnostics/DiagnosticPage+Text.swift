/// A page in words, under the headings every page has.
extension DiagnosticPage {
  /// What `rung rule CODE` prints, without a newline at its end.
  ///
  /// `severity` is what stands behind the code, if it is more than the page's own.
  package func text(severity: String? = nil) -> String {
    let head = "\(code.rawValue) (\(severity ?? self.severity.rawValue))"
    let sections = sections.map { $0.heading + "\n" + Self.indented($0.body) }
    return ([head] + sections).joined(separator: "\n\n")
  }

  /// The same in Markdown, without the code as a title.
  package var markdown: String {
    sections.map { section in
      let body = section.isSample ? "```\n" + Self.trimmed(section.body) + "\n```" : section.body
      return "**\(section.heading)**\n\n\(body)"
    }.joined(separator: "\n\n")
  }

  private var sections: [(heading: String, body: String, isSample: Bool)] {
    var sections = [("What it finds", finds, false), ("Why", why, false)]
    if let wrong { sections.append(("Example", wrong, true)) }
    if let instead { sections.append(("Instead", instead, true)) }
    return sections + [("Is the fix safe", fix, false)]
  }

  private static func indented(_ text: String) -> String {
    trimmed(text).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }
      .joined(separator: "\n")
  }

  private static func trimmed(_ text: String) -> Substring {
    var text = text[...]
    while text.last == "\n" { text.removeLast() }
    return text
  }
}
