import ArgumentParser
import Foundation
import JSONWriting
import PolicyExplain
import PolicyGraph
import PolicySemantics
import PolicyUnits
import RoutingBudgets
import RoutingRuntime
import TrafficLog
import TrafficReplay

struct ReplayCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Say what logged requests would have cost under a policy. Calls nothing.",
    discussion: """
      A LOG is a file of JSON objects, one to a line (- is standard input), a CSV whose \
      columns have the same names (facts as metadata.NAME), or a ledger. Of \
      each request it has the time (UTC where it names no zone), the model, the tokens, and \
      what the policy reads: who asked, facts as `metadata`, and the `messages` if they were \
      kept. policies/REPLAY.md names all members. Every request goes through the evaluator that serves; those that \
      cannot be decided or priced are counted apart, with the reason.

      EXAMPLES
        rung replay policies/support traffic.jsonl
        rung replay policies/support rung.ledger --accept small=81%
        rung replay new traffic.jsonl --against support --format markdown
        zcat traffic.jsonl.gz | rung replay policies/support - --format json
        rung replay policies/support traffic.jsonl --format html -o replay.html
        rung replay policies/support traffic.jsonl --explain 3 --seed 7
      """)

  @Argument(help: "The policy.", completion: .file())
  var policy: String

  @Argument(help: "The log, or several.", completion: .file())
  var logs: [String]

  @Option(
    help: "Another policy, as it is now: shows what moves and what that costs.", completion: .file()
  )
  var against: String?

  @OptionGroup var rates: ReplayRateArguments

  @Option(help: "text for people, json for machines, markdown for pull requests, html for a page.")
  var format = ReplayFormat.text

  @ArgumentParser.Flag(
    help: "Count budgets and limits as the log goes on: what they refuse, and what that spares.")
  var budgets = false

  @Option(help: "Explain so many rows, picked by --seed, as `rung explain` would.")
  var explain: Int = 0

  @Option(help: "Which rows are picked.")
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: "Write it into this file.", completion: .file())
  var output: String?

  /// More than that nobody reads, and each is kept.
  private static let mostExplained = 1000

  func validate() throws {
    guard (0...Self.mostExplained).contains(explain) else {
      throw ValidationError("`--explain \(explain)`: write a number from 0 to 1000")
    }
  }

  func run() async throws {
    try Files.keep(logs + [policy, against].compactMap(\.self), from: output)
    let files = try logs.map { path throws(CommandFailure) in try LogFile(path) }
    let run = try ReplayRun(policy: policy, against: against, rates: rates, logs: files)
    let sample = ReplaySample(count: explain, seed: seed)
    let result = try await Progress.during("replaying \(logs.joined(separator: ", "))") {
      try run.replay(explaining: sample, countingBudgets: budgets)
    }
    if budgets, result.budgets == nil {
      throw CommandFailure(
        "`--budgets`: \(result.path) has no budget or limit that outlives a request")
    }
    let text =
      switch format {
      case .text:
        ReplayText(result, style: Style(coloured: output == nil && Terminal.coloursOutput)).text
      case .markdown: ReplayMarkdown(result).text
      case .json: ReplayJSON.text(result)
      case .html: ReplayHTML(result).text
      }
    try Files.deliver(text + "\n", to: output)
    if result.now.requests == 0 {
      throw CommandFailure(
        LogNotes.nothing("no request of the log could be counted", result.log.problems),
        exit: .findings)
    }
  }
}

/// How `rung replay` prints its result.
enum ReplayFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown, html
}

/// What a log cannot tell.
struct ReplayRateArguments: ParsableArguments {
  @Option(
    name: .customLong("accept"),
    help: "The share of a model's answers its gates accept, as model=80%. Repeatable.")
  var acceptances: [String] = []

  @Option(help: "What compressions take of the input, as 20%. Without it they are left out.")
  var compression: String?

  @Option(help: "What batches save of the cost, as 10%. Without it they are left out.")
  var batching: String?

  func rates(
    for policy: CheckedPolicy, or others: [CheckedPolicy]
  ) throws(CommandFailure) -> ReplayRates {
    var rates = ReplayRates()
    rates.acceptance = try RequestArguments.acceptance(acceptances, for: policy, or: others)
    rates.compression = try Self.share(compression, option: "--compression")
    rates.batching = try Self.share(batching, option: "--batching")
    return rates
  }

  private static func share(
    _ text: String?, option: String
  ) throws(CommandFailure) -> Share? {
    guard let text else { return nil }
    guard text.hasSuffix("%"), let share = Decimal(text.dropLast()),
      let millionths = share.scaled(by: 4), millionths < 1_000_000
    else { throw CommandFailure("`\(option) \(text)`: write a share such as 20%") }
    return Share(millionths: millionths)
  }
}
