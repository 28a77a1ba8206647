import ReportPages

/// What every page of the book has around it: its way through the book, the search, its own places.
struct BookFrame {
  let pages: [BookPage]

  func html(of page: BookPage) -> String {
    let body = """
      <a class="skip" href="#content">To the page</a>
      <header class="top">
      <details class="menu"><summary aria-label="Contents">Contents</summary>
      <nav>\(navigation(from: page))</nav></details>
      <a class="home" href="\(page.link(to: Book.index))">Rung</a>
      <div class="search" role="search"><input id="search" type="search" \
      placeholder="Search (press /)" aria-label="Search the book" autocomplete="off"/>
      <ol id="found" hidden="hidden"></ol></div>
      </header>
      <div class="sheet">
      <nav class="side">\(navigation(from: page))</nav>
      <main id="content">
      \(page.body)\(neighbours(of: page))</main>
      \(places(on: page))</div>
      <script src="\(page.link(to: SearchIndex.path))"></script>
      <script>\(BookScript.text(root: page.link(to: "")))</script>

      """
    let title = page.path == Book.index ? page.title : "\(page.title) · Rung"
    return PageFrame.html(title: title, style: BookStyle.text, body: body)
  }

  private func navigation(from page: BookPage) -> String {
    BookPage.Part.allCases.filter { $0 != .rule }.map { part in
      let items = pages.filter { $0.part == part }.map { other in
        let isHere =
          other.path == page.path || page.part == .rule && other.path == RulePage.listPath
        let mark = isHere ? " aria-current=\"page\"" : ""
        return """
          <li><a href="\(page.link(to: other.path))"\(mark)>\(PageText.escaped(other.title))</a></li>

          """
      }
      return "<h2>\(part.rawValue)</h2>\n<ul>\n\(items.joined())</ul>\n"
    }.joined()
  }

  /// The pages before and after, among those one reads in order.
  private func neighbours(of page: BookPage) -> String {
    let order = pages.filter { $0.part == page.part && $0.part != .rule }
    guard let index = order.firstIndex(where: { $0.path == page.path }) else { return "" }
    var links = ""
    if index > 0 {
      let before = order[index - 1]
      links += "<a href=\"\(before.path)\">← \(PageText.escaped(before.title))</a>"
    }
    if index + 1 < order.count {
      let after = order[index + 1]
      links += "<a class=\"next\" href=\"\(after.path)\">\(PageText.escaped(after.title)) →</a>"
    }
    return "<p class=\"neighbours\">\(links)</p>\n"
  }

  private func places(on page: BookPage) -> String {
    let places = page.sections.map(\.heading).filter { $0.level == 2 }
    guard places.count > 1, page.path != GrammarPage.path else { return "" }
    let items = places.map {
      "<li><a href=\"#\($0.anchor)\">\(PageText.escaped($0.text))</a></li>\n"
    }
    return "<nav class=\"places\"><h2>On this page</h2>\n<ul>\n\(items.joined())</ul></nav>\n"
  }
}
