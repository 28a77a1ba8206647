import ArgumentParser
import DiagnosticPages
import PolicyDiagnostics
import PolicyLint

struct RuleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rule",
    abstract: "Print the page of a diagnostic code or lint rule, offline.",
    discussion: """
      EXAMPLES
        rung rule unknown_name
        rung rule                list every code
      """)

  @Argument(
    help: "The code between the brackets of a diagnostic, such as unknown_name.",
    completion: .list(RulePages.all.map(\.code.rawValue)))
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
    Terminal.out(page.text(severity: Self.severity(of: page)))
  }

  /// `warning`, and how low settings may take it where there is a floor.
  private static func severity(of page: DiagnosticPage) -> String {
    guard let floor = LintRules.floors[page.code] else { return page.severity.rawValue }
    return "\(page.severity.rawValue), never less than \(floor.inWords)"
  }
}
