import ArgumentParser
import JSONReading
import JSONWriting
import OpenAIWire
import PolicyGraph
import PolicySemantics
import RoutingCompression
import RoutingRuntime

struct CompressCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compress",
    abstract: "Show what a route's compression takes out of a request, and what that spares.",
    discussion: """
      A REQUEST is the JSON of OpenAI's chat completions, or the same as YAML; - is standard input.
      Nothing is called. What is dropped is shown by its place only, unless --show-dropped asks for
      the text. --request prints the request as it would be sent.

      EXAMPLES
        rung compress policies/support examples/requests/04-faq-fees.json
        rung compress policies/support ask.json --show-dropped
        rung compress policies/support ask.json --request > shorter.json
        rung compress policies/support ask.json --format json
      """)

  @Argument(help: "The policy.")
  var policy: String

  @Argument(help: "The request.")
  var request: String

  @OptionGroup var arguments: RequestArguments

  @ArgumentParser.Flag(help: "Show the text of what is dropped as well.")
  var showDropped = false

  @ArgumentParser.Flag(
    name: .customLong("request"), help: "Print the request as it would be sent, and nothing else.")
  var printsRequest = false

  @Option(help: "text for people, json for machines.")
  var format = PreviewFormat.text

  func run() throws {
    let compiled = try PolicyFolder(policy).compiled()
    let desk = try DecisionDesk(compiled, arguments)
    let file = try RequestFile(request)
    let input = try desk.input(for: file)
    try desk.checkFacts(of: input, named: file.name)
    let decision = try decide(input, desk)
    let made = RequestCompression(file.request, plan: decision.plan, in: compiled.policy)
    if printsRequest {
      return try Files.deliver(String(decoding: made.request.json.bytes, as: UTF8.self), to: nil)
    }
    let report = CompressionReport(
      request: file.name, decision: decision, compression: made, policy: compiled.policy,
      showsDropped: showDropped)
    switch format {
    case .text: try Files.deliver(report.text + "\n", to: nil)
    case .json:
      var json = JSONWriter(.indented)
      report.write(to: &json)
      try Files.deliver(json.text + "\n", to: nil)
    }
  }

  private func decide(
    _ input: RequestInput, _ desk: DecisionDesk
  ) throws(CommandFailure) -> Decision {
    let decision: Decision
    do throws(FactProblem) {
      decision = try desk.decider.decide(input, expecting: desk.expectations)
    } catch {
      throw CommandFailure("\(request): \(error)")
    }
    switch decision.outcome {
    case .route: return decision
    case .needs(let id):
      let name = desk.compiled.policy[id].name
      throw CommandFailure(
        "\(request): its route hangs on the classifier `\(name)`; give `--classifier \(name)=LABEL`",
        exit: .couldNotRun)
    case .refused:
      throw CommandFailure(
        "\(request): it is refused, so nothing is sent; `rung explain` says why",
        exit: .couldNotRun)
    }
  }
}

/// How a preview is delivered.
enum PreviewFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
