import ArgumentParser
import PolicyDiagnostics

struct RuleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Print the page of a diagnostic code, offline.",
    discussion: """
      EXAMPLES
        rung rule unknown_name
        rung rule                list every code
      """)

  @Argument(help: "The code between the brackets of a diagnostic, such as unknown_name.")
  var code: String?

  func run() throws {
    let pages = RulePages.all
    guard let code else {
      let width = pages.map(\.code.rawValue.count).max() ?? 0
      for page in pages {
        let padding = String(repeating: " ", count: width - page.code.rawValue.count)
        Terminal.out("\(page.code.rawValue)\(padding)  \(page.finds)")
      }
      return
    }
    guard let page = pages.first(where: { $0.code.rawValue == code }) else {
      let near = NearName.of(code, among: pages.map(\.code.rawValue))
      let advice = near.map { "; did you mean \($0)?" } ?? "; `rung rule` lists them all"
      throw CommandFailure("no rule is called `\(code)`\(advice)")
    }
    Terminal.out(Self.text(of: page))
  }

  static func text(of page: DiagnosticPage) -> String {
    var text = """
      \(page.code.rawValue) (\(page.severity.rawValue))

      What it finds
      \(indented(page.finds))

      Why
      \(indented(page.why))
      """
    if let wrong = page.wrong { text += "\n\nExample\n" + indented(wrong) }
    if let instead = page.instead { text += "\n\nInstead\n" + indented(instead) }
    text += "\n\nIs the fix safe\n" + indented(page.fix)
    return text
  }

  private static func indented(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "  " + $0 }
      .joined(separator: "\n")
  }
}
