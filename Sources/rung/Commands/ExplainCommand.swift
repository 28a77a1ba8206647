import ArgumentParser
import JSONWriting
import PolicyExplain
import PolicyGraph
import PolicyPictures
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
        rung explain policies/support ask.json --format html --output why.html
      """)

  @Argument(help: "The policy.")
  var policy: String

  @Argument(help: "The requests.")
  var requests: [String]

  @OptionGroup var arguments: RequestArguments

  @Flag(help: "Show every route that was not taken.")
  var all = false

  @Option(help: "text for people, json for machines, html for a page with the path lit.")
  var format = ExplanationFormat.text

  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
  var output: String?

  func run() throws {
    let compiled = try PolicyFolder(policy).compiled()
    let desk = try DecisionDesk(compiled, arguments)
    var explanations: [Explanation] = []
    var pieces: [String] = []
    for path in requests {
      let explanation = try desk.explain(desk.input(for: RequestFile(path)), named: path)
      explanations.append(explanation)
      let piece = piece(of: explanation, isFirst: pieces.isEmpty)
      pieces.append(piece)
      // What is known is shown before the next request is read.
      if output == nil, format != .html { try Files.deliver(piece, to: nil) }
    }
    if format == .html {
      let page = ExplanationPage(explanations, of: compiled.policy, path: compiled.path)
      try Files.deliver(page.text, to: output)
    } else if let output {
      try Files.deliver(pieces.joined(), to: output)
    }
  }

  private func piece(of explanation: Explanation, isFirst: Bool) -> String {
    switch format {
    case .text:
      let style = Style(coloured: output == nil && Terminal.coloursOutput)
      let text = ExplanationText(explanation, showingAll: all, style: style).text
      return (isFirst ? "" : "\n") + text + "\n"
    case .json:
      var json = JSONWriter(requests.count > 1 ? .compact : .indented)
      ExplanationJSON.write(explanation, to: &json)
      return json.text + "\n"
    case .html: return ""
    }
  }
}

/// How an explanation is delivered.
enum ExplanationFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, html
}
