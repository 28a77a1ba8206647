import PolicySource

/// Writes findings as GitHub workflow commands, which a pull request shows at their lines.
///
/// ```
/// ::error file=support.rung,line=12,endLine=12,col=8,endColumn=16,title=unknown_name::there is no …
/// ```
/// Columns count characters from 1, the end is one past the last; a finding over several lines has
/// none, as GitHub wants it. Notes and the names of fix-its follow the message on lines of their own.
package struct GitHubRenderer: Sendable {
  package init() {}

  /// One line for each finding; one that several policies share is written once.
  package func render(_ reports: [DiagnosticReport]) -> String {
    var seen: Set<String> = []
    var text = ""
    for report in reports {
      for diagnostic in report.diagnostics.sorted(by: Diagnostic.isShownBefore) {
        let line = line(diagnostic, in: report.sources)
        if seen.insert(line).inserted { text += line + "\n" }
      }
    }
    return text
  }

  private func line(_ diagnostic: Diagnostic, in sources: SourceMap) -> String {
    let place = place(diagnostic.span, in: sources)
    let properties = place + [("title", diagnostic.code.rawValue)]
    let written = properties.map { "\($0.0)=\(Self.property($0.1))" }.joined(separator: ",")
    // A log is a terminal too: controls show as pictures.
    let words = DiagnosticWords.lines(of: diagnostic, in: sources)
      .map { DisplayLine($0).text(0..<Int.max) }.joined(separator: "\n")
    return "::\(Self.command(diagnostic.severity)) \(written)::\(Self.message(words))"
  }

  private func place(_ span: Span, in sources: SourceMap) -> [(String, String)] {
    guard let file = sources[span.file] else { return [] }
    let start = file.location(of: span.start)
    let end = file.location(of: span.end)
    let lines = [
      ("file", file.path), ("line", String(start.line)), ("endLine", String(end.line)),
    ]
    guard start.line == end.line else { return lines }
    return lines + [("col", String(start.column)), ("endColumn", String(end.column))]
  }

  private static func command(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// Percent signs and line ends would end the command early.
  private static func message(_ text: String) -> String {
    escaped(text) { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      default: nil
      }
    }
  }

  private static func property(_ text: String) -> String {
    escaped(message(text)) { scalar in
      switch scalar {
      case ":": "%3A"
      case ",": "%2C"
      default: nil
      }
    }
  }

  private static func escaped(_ text: String, _ escape: (Unicode.Scalar) -> String?) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let escape = escape(scalar) {
        result += escape.unicodeScalars
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
