import ArgumentParser

struct CacheStatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "How much a cache holds and how often it was asked, by route.",
    discussion: """
      EXAMPLES
        rung cache stats rung.cache
        rung cache stats rung.cache --format json
      """)

  @Argument(help: "The cache's file.", completion: .file())
  var file: String

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() async throws {
    let stats = try await CacheInquiry(file).stats()
    switch format {
    case .text: Terminal.out(CacheReport.text(stats))
    case .json: Terminal.out(CacheReport.json(stats))
    }
  }
}
