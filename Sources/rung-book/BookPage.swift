/// One page of the book, before the frame that all pages have.
struct BookPage {
  /// Where it is in the book: `routes.html`, `rules/unknown_name.html`.
  let path: String
  let title: String
  let part: Part
  let body: String
  let sections: [Markdown.Section]
  /// Every code block of a page that was written as Markdown.
  var code: [(info: String, text: String)] = []
  /// Which productions of the grammar it explains, and where.
  var explains: [(production: String, anchor: String)] = []

  enum Part: String, CaseIterable {
    case language = "The language"
    case tools = "Using it"
    case reference = "Reference"
    /// Listed on a page of their own.
    case rule = "Rules"
  }

  /// From this page to another place of the book.
  func link(to target: String) -> String {
    path.contains("/") ? "../\(target)" : target
  }
}
