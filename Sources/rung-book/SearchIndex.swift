import JSONWriting

/// What the search of the book looks through: a script that only names its texts, so that it loads
/// from a disk as well as from a server.
enum SearchIndex {
  static let path = "search.js"

  static func script(of pages: [BookPage]) -> String {
    var writer = JSONWriter()
    writer.array { writer in
      for page in pages {
        for section in page.sections {
          writer.object { writer in
            writer.member("t", section.heading.text)
            writer.member("p", page.title)
            writer.member("u", "\(page.path)#\(section.heading.anchor)")
            writer.member("w", weight(of: page.part))
            writer.member("x", words(section.text))
          }
        }
      }
    }
    return "window.rungBook = \(writer.text);\n"
  }

  /// Who searches wants to read about it first, and to look it up second.
  private static func weight(of part: BookPage.Part) -> Int {
    switch part {
    case .language: 4
    case .tools: 2
    case .reference, .rule: 1
    }
  }

  /// Enough of a section to find it and to show where.
  private static func words(_ text: String) -> String {
    String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(1_500))
  }
}
