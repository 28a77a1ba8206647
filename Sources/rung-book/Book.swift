import Foundation

/// The whole book: chapters by hand, the pages for users, the grammar, and a page for each code.
struct Book {
  static let index = "index.html"

  let pages: [BookPage]
  let grammar: GrammarPage

  /// Reads `book/*.md`, `policies/*.md` and `grammar/rung.ebnf` below `root`.
  init(root: URL) throws {
    let chapters = try Self.markdown(in: root.appending(path: "book"))
    let guides = try Self.markdown(in: root.appending(path: "policies"))
    let pathOf = Dictionary(
      uniqueKeysWithValues: chapters.map { ($0.name, Self.chapterPath($0.name)) }
        + guides.map { ($0.name, Self.guidePath($0.name)) })
    let written =
      chapters.map { Self.page($0.text, at: Self.chapterPath($0.name), .language, pathOf) }
      + guides.map { Self.page($0.text, at: Self.guidePath($0.name), .tools, pathOf) }
    grammar = GrammarPage(
      try String(contentsOf: root.appending(path: "grammar/rung.ebnf"), encoding: .utf8))
    var explained: [String: [(title: String, url: String)]] = [:]
    for page in written {
      for (production, anchor) in page.explains {
        explained[production, default: []].append((page.title, "\(page.path)#\(anchor)"))
      }
    }
    pages = written + [grammar.page(explained: explained), RulePage.list()] + RulePage.all
  }

  /// Every file of the book by its path.
  var files: [(path: String, text: String)] {
    let frame = BookFrame(pages: pages)
    return pages.map { ($0.path, frame.html(of: $0)) }
      + [(SearchIndex.path, SearchIndex.script(of: pages))]
  }

  private static func markdown(in folder: URL) throws -> [(name: String, text: String)] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".md") }.sorted()
      .map { ($0, try String(contentsOf: folder.appending(path: $0), encoding: .utf8)) }
  }

  /// `00-…` opens the book; the others leave their number behind.
  private static func chapterPath(_ name: String) -> String {
    name.hasPrefix("00-") ? index : String(name.dropFirst(3)).replacing(".md", with: ".html")
  }

  private static func guidePath(_ name: String) -> String {
    "using-\(name.replacing(".md", with: "").lowercased()).html"
  }

  private static func page(
    _ text: String, at path: String, _ part: BookPage.Part, _ pathOf: [String: String]
  ) -> BookPage {
    var explains: [(production: String, anchor: String)] = []
    let markdown = Markdown(
      text,
      block: { CodeMarkup.block($0, $1) },
      comment: { comment, heading in
        guard let names = comment.firstMatch(of: /<!-- grammar: ([A-Za-z ]+) -->/)?.1 else {
          return ""
        }
        let productions = names.split(separator: " ").map(String.init)
        explains += productions.map { ($0, heading?.anchor ?? "") }
        let links = productions.map { "<a href=\"\(GrammarPage.path)#\($0)\">\($0)</a>" }
        return "<p class=\"grammar-of\">Grammar: \(links.joined(separator: " · "))</p>\n"
      },
      link: { link(from: $0, pathOf) })
    let title = markdown.headings.first?.text ?? path
    return BookPage(
      path: path, title: title, part: part, body: markdown.html, sections: markdown.sections,
      code: markdown.code, explains: explains)
  }

  /// A page of the book, a place on this page, or nothing: the book leads nowhere else.
  private static func link(from target: String, _ pathOf: [String: String]) -> String? {
    if target.hasPrefix("#") { return target }
    let parts = target.split(separator: "#", maxSplits: 1).map(String.init)
    guard let first = parts.first else { return nil }
    let name = first.split(separator: "/").last.map(String.init) ?? first
    let anchor = parts.count > 1 ? "#\(parts[1])" : ""
    if let path = pathOf[name] { return path + anchor }
    // From a chapter to the grammar or a rule.
    let isOurs = name == GrammarPage.path || first.hasPrefix("rules/") || name == RulePage.listPath
    return isOurs ? first + anchor : nil
  }
}
