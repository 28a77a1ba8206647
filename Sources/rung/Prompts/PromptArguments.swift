import ArgumentParser

/// What `rung compress --system` is told.
struct PromptArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A system prompt to make shorter ahead of time, in place of a REQUEST.", valueName: "file"),
    completion: .file())
  var system: String?

  @Option(
    name: .customLong("by"),
    help: ArgumentHelp("Let this model of the catalog propose it: one call.", valueName: "model"))
  var model: String?

  @Option(
    help: ArgumentHelp("A shorter version somebody wrote.", valueName: "file"), completion: .file())
  var candidate: String?

  @Option(
    help: ArgumentHelp(
      "Requests with what their answers must have, one a line, run through both.",
      valueName: "jsonl"), completion: .file())
  var gold: String?

  @Option(
    help: ArgumentHelp(
      "A ledger: what its requests with this prompt would have cost less, by the year.",
      valueName: "ledger"), completion: .file())
  var log: String?

  @Option(
    help: ArgumentHelp("Without a log: how many requests a day have this prompt.", valueName: "n"))
  var requestsPerDay: Int64?

  @Option(
    help: ArgumentHelp(
      "What the model and the gold set may cost together, as 0.50.", valueName: "amount"),
    transform: BatchCommand.Amount.init(reading:))
  var maxCost: BatchCommand.Amount?

  @Option(help: "How many requests of the gold set run at a time.")
  var atOnce = 8

  @Flag(help: "Exit with 1 if a span is lost or new, or a gold request is lost.")
  var strict = false

  @Flag(help: "Write the shorter version and a pin beside it.")
  var pin = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the shorter version is written.", valueName: "file"),
    completion: .file())
  var output: String?

  @Option(help: "Call every provider at this address, without its key.")
  var baseURL: String?

  mutating func validate() throws {
    guard system != nil else {
      let given: [(String, Bool)] = [
        ("--by", model != nil), ("--candidate", candidate != nil), ("--gold", gold != nil),
        ("--log", log != nil), ("--requests-per-day", requestsPerDay != nil),
        ("--max-cost", maxCost != nil), ("--strict", strict), ("--pin", pin),
        ("-o", output != nil), ("--base-url", baseURL != nil),
      ]
      if let first = given.first(where: \.1) {
        throw ValidationError("\(first.0) is for system prompts: name one with --system FILE")
      }
      return
    }
    if model != nil, candidate != nil {
      throw ValidationError("--by and --candidate exclude each other")
    }
    if log != nil, requestsPerDay != nil {
      throw ValidationError("--log and --requests-per-day exclude each other")
    }
    if let requestsPerDay, !(1...1_000_000_000_000).contains(requestsPerDay) {
      throw ValidationError("--requests-per-day takes a number from 1 to a million million")
    }
    guard (1...4096).contains(atOnce) else {
      throw ValidationError("--at-once takes a number from 1 to 4096")
    }
    if pin, candidate == nil, output == nil {
      throw ValidationError("--pin needs a place for the shorter version: -o FILE")
    }
  }
}
