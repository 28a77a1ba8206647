import ArgumentParser
import JSONReading
import JSONWriting
import OpenAIWire
import PolicyCompiler
import PolicyGraph
import PolicySemantics
import RoutingCompression
import RoutingRuntime

struct CompressCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compress",
    abstract: "Show what a compression takes out of a request; make a system prompt shorter.",
    discussion: """
      A REQUEST is the JSON of OpenAI's chat completions, or the same as YAML; - is standard input. \
      Nothing is called. What is dropped is shown by its place only, unless --show-dropped asks for \
      the text. --request prints the request as it would be sent.

      With --system FILE it makes a system prompt shorter, ahead of time: without loss, as a model \
      proposes (--by), or as somebody wrote it (--candidate). It says which numbers, dates, names, \
      addresses, quotes and "not" are lost, shows every change, runs a gold set through both, and \
      with --pin writes the shorter one and a pin beside it, which `rung check` holds it against.

      EXAMPLES
        rung compress policies/support examples/requests/04-faq-fees.json
        rung compress policies/support ask.json --show-dropped
        rung compress policies/support ask.json --request > shorter.json
        rung compress policies/support ask.json --format json
        rung compress policies/support --system long.md --by qwen3-32b -o short.md
        rung compress support --system long.md --candidate short.md --log rung.ledger
        rung compress support --system long.md --candidate new.md --gold g.jsonl \\
          --max-cost 0.50 --strict --pin
      """)

  @Argument(help: "The policy.", completion: .file())
  var policy: String

  @Argument(help: "The request; none with --system.", completion: .file())
  var request: String?

  @OptionGroup var prompt: PromptArguments

  @OptionGroup var arguments: RequestArguments

  @OptionGroup var recording: LedgerArguments

  @ArgumentParser.Flag(help: "Show the text of what is dropped as well.")
  var showDropped = false

  @ArgumentParser.Flag(
    name: .customLong("request"), help: "Print the request as it would be sent, and nothing else.")
  var printsRequest = false

  @Option(help: "text for people, json for machines.")
  var format = PreviewFormat.text

  mutating func validate() throws {
    switch (request, prompt.system) {
    case (nil, nil):
      throw ValidationError("name a request to preview, or a system prompt with --system FILE")
    case (_?, _?):
      throw ValidationError("--system takes the place of a request: leave one of them out")
    case (_?, nil): break
    case (nil, _?):
      if showDropped || printsRequest {
        throw ValidationError("--show-dropped and --request are for requests, not for --system")
      }
    }
  }

  func run() async throws {
    guard let request else { return try await shorten() }
    try preview(request)
  }

  private func shorten() async throws {
    let desk = try PromptDesk(policy, prompt, arguments, recording)
    var report = PromptReport(findings: try await desk.findings())
    let isStopped = prompt.strict && report.findings.isLossy
    if !isStopped { report.written = try PromptWriting(report.findings, prompt).write() }
    switch format {
    case .text:
      report.width = Terminal.width
      report.coloured = Terminal.coloursOutput
      Terminal.out(report.text)
    case .json:
      var json = JSONWriter(.indented)
      report.write(to: &json)
      Terminal.out(json.text)
    }
    if isStopped { throw ExitCode(CommandExit.findings.rawValue) }
  }

  private func preview(_ request: String) throws {
    let compiled = try PolicyCompilation(policy).sound()
    let desk = try DecisionDesk(compiled, arguments)
    let file = try RequestFile(request)
    let input = try desk.input(for: file)
    try desk.checkFacts(of: input, named: file.name)
    let decision = try decide(request, input, desk)
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
    _ request: String, _ input: RequestInput, _ desk: DecisionDesk
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
