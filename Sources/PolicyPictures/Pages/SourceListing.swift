package import PolicySource
import ReportPages

/// The files a page speaks of, with line numbers, and where a click on a place leads.
package struct SourceListing: Sendable {
  /// In the order they were loaded, the policy first.
  private let files: [SourceFile]
  private let numbers: [String: Int]

  /// Shows the files at these paths; others no place points into.
  package init(_ sources: SourceMap, showing paths: Set<String>) {
    files = sources.files.filter { paths.contains($0.path) }
    var numbers: [String: Int] = [:]
    for (index, file) in files.enumerated() where numbers[file.path] == nil {
      numbers[file.path] = index
    }
    self.numbers = numbers
  }

  /// `#L12` for the policy, `#f1-L12` for the next file; nil for a file that is not shown.
  package func link(path: String, line: Int) -> String? {
    numbers[path].map { "#" + Self.anchor(file: $0, line: line) }
  }

  package var html: String {
    var out = "<aside class=\"source\" aria-label=\"source\">\n"
    for (index, file) in files.enumerated() {
      out += "<h2>\(PageText.escaped(file.path))</h2>\n<ol class=\"lines\">\n"
      for line in 1...max(1, file.lineCount) {
        // A file that ends in a line break has no line after it.
        if line == file.lineCount, line > 1, file.lineRange(line).isEmpty { break }
        let text = PageText.escaped(file.lineText(line))
        out += "<li id=\"\(Self.anchor(file: index, line: line))\"><code>\(text)</code></li>\n"
      }
      out += "</ol>\n"
    }
    return out + "</aside>\n"
  }

  private static func anchor(file: Int, line: Int) -> String {
    file == 0 ? "L\(line)" : "f\(file)-L\(line)"
  }
}
