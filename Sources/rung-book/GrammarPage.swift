import ReportPages

/// `grammar/rung.ebnf` as a page: every production has an anchor, every name in one is a link, and
/// each says where it is explained.
struct GrammarPage {
  static let path = "grammar.html"

  /// The names the grammar defines, in order.
  let productions: [String]
  private let text: String

  init(_ text: String) {
    self.text = text
    productions = text.split(separator: "\n").compactMap { line in
      line.firstMatch(of: /^([A-Za-z]+) +=/).map { String($0.1) }
    }
  }

  /// `explained` leads from a production to the places that explain it.
  func page(explained: [String: [(title: String, url: String)]]) -> BookPage {
    let known = Set(productions)
    let rows = blocks.map { block in
      let rows = marked(block, known)
      guard let name = block.firstMatch(of: /^([A-Za-z]+) +=/).map({ String($0.1) }) else {
        return rows + "\n"
      }
      let places = (explained[name] ?? []).map {
        "  <a class=\"why\" href=\"\($0.url)\">\(PageText.escaped($0.title))</a>"
      }
      return "<span class=\"production\" id=\"\(name)\">\(rows)\(places.joined())</span>\n"
    }.joined()
    let sections = productions.map { name in
      Markdown.Section(
        heading: Markdown.Heading(level: 2, text: name, anchor: name),
        text: text.split(separator: "\n").first { $0.hasPrefix("\(name) ") }.map(String.init) ?? "")
    }
    let body = """
      <h1 id="grammar">The grammar</h1>
      <p>All of the language, as the parser is held to it. A name leads to its definition; what stands \
      behind a definition leads to where it is explained.</p>
      <div class="code"><pre class="grammar"><code>\(rows)</code></pre></div>

      """
    let heading = Markdown.Heading(level: 1, text: "The grammar", anchor: "grammar")
    return BookPage(
      path: Self.path, title: "The grammar", part: .reference, body: body,
      sections: [Markdown.Section(heading: heading, text: "")] + sections)
  }

  /// The lines, those of one production or comment together.
  private var blocks: [String] {
    var blocks: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let isInComment = blocks.last.map { $0.hasPrefix("(*") && !$0.hasSuffix("*)") } ?? false
      if isInComment || line.hasPrefix(" "), !blocks.isEmpty {
        blocks[blocks.count - 1] += "\n\(line)"
      } else {
        blocks.append(String(line))
      }
    }
    return blocks
  }

  /// Names as links, quoted words as words, comments as comments.
  private func marked(_ line: String, _ known: Set<String>) -> String {
    var out = ""
    var rest = line[...]
    while !rest.isEmpty {
      if let match = rest.prefixMatch(of: /(?s)\(\*.*?\*\)|\?.*?\?/) {
        out += "<span class=\"comment\">\(PageText.escaped(String(match.0)))</span>"
        rest = rest[match.range.upperBound...]
      } else if let match = rest.prefixMatch(of: /"[^"]*"|'[^']*'/) {
        out += "<span class=\"text\">\(PageText.escaped(String(match.0)))</span>"
        rest = rest[match.range.upperBound...]
      } else if let match = rest.prefixMatch(of: /[A-Za-z]+/) {
        let word = String(match.0)
        out += known.contains(word) ? "<a href=\"#\(word)\">\(word)</a>" : word
        rest = rest[match.range.upperBound...]
      } else {
        out += PageText.escaped(String(rest.removeFirst()))
      }
    }
    return out
  }
}
