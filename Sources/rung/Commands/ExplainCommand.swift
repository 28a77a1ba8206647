import ArgumentParser
import JSONWriting
import PolicyAnalysis
import PolicyCompiler
import PolicyExplain
import PolicyGraph
import PolicyPictures
import PolicySemantics
import RoutingRequests
import RoutingRuntime

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say which route a request takes, why, and what it may cost. Calls nothing.",
    discussion: """
      A REQUEST is the JSON of OpenAI's chat completions, or the same as YAML; - is standard input. \
      A classifier's answer is unknown here: its outcomes stand side by side.

      --why-not ROUTE or MODEL says instead what is the least to change for the request to take that \
      route, or to call that model first: fewest fields, then nearest values. The changed request was \
      decided before it is shown. --keep FIELD freezes a field; tenant, key and facts set on the key \
      are frozen unless --free names them.

      EXAMPLES
        rung explain policies/support examples/requests/01-faq-password.json
        rung explain policies/support ask.json --fact plan=pro --fact region=eu
        rung explain policies/support ask.json --at 2026-12-24T18:00:00Z --all
        rung explain policies/helpdesk ask.json --budget tenant_daily=85%
        rung explain policies/support ask.json --format json
        rung explain policies/support ask.json --format html --output why.html
        rung explain policies/support ask.json --why-not hard --keep plan
      """)

  @Argument(help: "The policy.", completion: .file())
  var policy: String

  @Argument(help: "The requests.", completion: .file())
  var requests: [String]

  @OptionGroup var arguments: RequestArguments

  @OptionGroup var whyNot: WhyNotArguments

  @ArgumentParser.Flag(help: "Show every route that was not taken.")
  var all = false

  @Option(help: "text for people, json for machines, html for a page with the path lit.")
  var format = ExplanationFormat.text

  @Option(
    name: .shortAndLong, help: "Write to this file instead of standard output.", completion: .file()
  )
  var output: String?

  func validate() throws {
    if whyNot.target != nil, format == .html {
      throw ValidationError("`--why-not` answers as text or json")
    }
  }

  func run() throws {
    try Files.keep([policy] + requests, from: output)
    let compiled = try PolicyCompilation(policy).sound()
    let desk = try DecisionDesk(compiled, arguments)
    if let name = whyNot.target {
      return try answer(whyNot.target(named: name, in: compiled.policy), desk)
    }
    var explanations: [Explanation] = []
    var pieces: [String] = []
    for path in requests {
      let file = try RequestFile(path)
      let input = try desk.input(for: file)
      let explanation = try desk.explain(input, of: file)
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

  private func answer(_ target: WhyNotTarget, _ desk: DecisionDesk) throws {
    let policy = desk.compiled.policy
    let finder = CounterfactualFinder(desk.decider)
    let fields: [(name: String, isKept: Bool)]
    do throws(NotDecided) {
      fields = try finder.fields()
    } catch {
      throw CommandFailure("not decided: \(error.words)", exit: .couldNotRun)
    }
    let kept = try whyNot.keeping(among: fields)
    var pieces: [String] = []
    for path in requests {
      let input = try desk.input(for: RequestFile(path))
      let report = WhyNotReport(
        request: path, target: target, answer: finder.whyNot(target, for: input, keeping: kept),
        policy: policy)
      switch format {
      case .text: pieces.append((pieces.isEmpty ? "" : "\n") + report.text + "\n")
      case .json:
        var json = JSONWriter(requests.count > 1 ? .compact : .indented)
        report.write(to: &json)
        pieces.append(json.text + "\n")
      case .html: break
      }
    }
    try Files.deliver(pieces.joined(), to: output)
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
