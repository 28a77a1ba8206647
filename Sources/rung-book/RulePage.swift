import DiagnosticPages
import PolicyDiagnostics
import ReportPages

/// The pages of the codes: what `rung rule CODE` prints, one page each and one that lists them.
enum RulePage {
  static let listPath = "rules.html"

  static func path(of code: DiagnosticCode) -> String { "rules/\(code.rawValue).html" }

  static var all: [BookPage] { RulePages.all.map { page($0) } }

  static func list() -> BookPage {
    let rows = RulePages.all.map { page in
      """
      <tr><td><a href="\(path(of: page.code))"><code>\(page.code.rawValue)</code></a></td>\
      <td>\(page.severity.rawValue)</td><td>\(inline(page.finds))</td></tr>

      """
    }
    let heading = Markdown.Heading(level: 1, text: "Every finding", anchor: "every-finding")
    let body = """
      <h1 id="every-finding">Every finding</h1>
      <p>All \(rows.count) codes a message can end with, as <code>rung rule CODE</code> prints them. \
      The examples of each page are compiled by the tests.</p>
      <div class="scroll"><table><thead><tr><th>code</th><th>is</th><th>finds</th></tr></thead>
      <tbody>
      \(rows.joined())</tbody></table></div>

      """
    return BookPage(
      path: listPath, title: "Every finding", part: .reference, body: body,
      sections: [Markdown.Section(heading: heading, text: "codes rules lint errors warnings")])
  }

  private static func page(_ page: DiagnosticPage) -> BookPage {
    let code = page.code.rawValue
    var body = """
      <h1 id="\(code)"><code>\(code)</code></h1>
      <p class="severity">\(page.severity.rawValue)</p>
      <p>\(inline(page.finds))</p>
      <p>\(inline(page.why))</p>

      """
    let language = page.language == .policy ? "rung" : "yaml"
    if let wrong = page.wrong {
      body += "<h2 id=\"wrong\">Wrong</h2>\n" + CodeMarkup.block(language, wrong)
    }
    if let instead = page.instead {
      body += "<h2 id=\"instead\">Instead</h2>\n" + CodeMarkup.block(language, instead)
    }
    body += "<h2 id=\"fix\">Fix</h2>\n<p>\(inline(page.fix))</p>\n"
    let heading = Markdown.Heading(level: 1, text: code, anchor: code)
    return BookPage(
      path: path(of: page.code), title: code, part: .rule, body: body,
      sections: [Markdown.Section(heading: heading, text: "\(page.finds) \(page.why)")])
  }

  /// Plain text with words of the language between backticks.
  private static func inline(_ text: String) -> String {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      let escaped = PageText.escaped(String(part))
      return index % 2 == 1 && index < parts.count - 1 ? "<code>\(escaped)</code>" : escaped
    }.joined()
  }
}
