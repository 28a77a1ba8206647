import ArgumentParser
import PolicyUnits
import RoutingBudgets
import RoutingCache

struct CachePurgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "purge",
    abstract: "Make a cache forget: what matches everything that is named.",
    discussion: """
      Gateways that have the file open forget within half a second, and keep no answer that was asked for \
      before.

      EXAMPLES
        rung cache purge rung.cache --route faq
        rung cache purge rung.cache --tenant acme --model gpt-4o
      """)

  @Argument(help: "The cache's file.", completion: .file())
  var file: String

  @Option(help: "Answers of this route.")
  var route: String?

  @Option(help: "Answers to this tenant.")
  var tenant: String?

  @Option(help: "Answers of this model, by the catalog's name.")
  var model: String?

  @Option(
    help: ArgumentHelp("Answers older than this: 30m, 2h, 7d.", valueName: "time"),
    transform: TimeSpan.read)
  var older: TimeSpan?

  @Flag(help: "Everything.")
  var all = false

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func validate() throws {
    let names = route != nil || tenant != nil || model != nil || older != nil
    guard names != all else {
      throw ValidationError(
        all
          ? "--all forgets everything: leave the other conditions out"
          : "say what to forget: --route, --tenant, --model, --older, or --all")
    }
  }

  func run() async throws {
    let now = Moment.timestamp.milliseconds
    let purge = CachePurge(
      route: route, tenant: tenant, model: model,
      before: older.map { Timestamp(milliseconds: now - $0.milliseconds) })
    let count = try await CacheInquiry(file).purge(purge)
    switch format {
    case .text: Terminal.out("\(Amounts.count(count, "answer")) forgotten")
    case .json: Terminal.out("{\"purged\":\(count)}")
    }
  }
}
