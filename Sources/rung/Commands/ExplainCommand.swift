import ArgumentParser
import JSONWriting
import PolicyExplain
import PolicyGraph
import RoutingRequests
import RoutingRuntime

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say which route a request takes, why, and what it may cost. Calls nothing.",
    discussion: """
      A REQUEST is the JSON of OpenAI's chat completions, or the same as YAML; - is standard input.
      A classifier's answer is unknown here: its outcomes stand side by side.

      EXAMPLES
        rung explain policies/support examples/requests/01-faq-password.json
        rung explain policies/support ask.json --fact plan=pro --fact region=eu
        rung explain policies/support ask.json --at 2026-12-24T18:00:00Z --all
        rung explain policies/helpdesk ask.json --budget tenant_daily=85%
        rung explain policies/support ask.json --format json
      """)

  @Argument(help: "The policy.")
  var policy: String

  @Argument(help: "The requests.")
  var requests: [String]

  @OptionGroup var arguments: RequestArguments

  @Flag(help: "Show every route that was not taken.")
  var all = false

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let compiled = try PolicyFolder(policy).compiled()
    let desk = try DecisionDesk(compiled, arguments)
    var isFirst = true
    for path in requests {
      let input = try desk.input(for: RequestFile(path))
      let explanation = try desk.explain(input, named: path)
      switch format {
      case .text:
        if !isFirst { Terminal.out("") }
        let style = Style(coloured: Terminal.coloursOutput)
        Terminal.out(ExplanationText(explanation, showingAll: all, style: style).text)
      case .json:
        var json = JSONWriter(requests.count > 1 ? .compact : .indented)
        ExplanationJSON.write(explanation, to: &json)
        Terminal.out(json.text)
      }
      isFirst = false
    }
  }
}
