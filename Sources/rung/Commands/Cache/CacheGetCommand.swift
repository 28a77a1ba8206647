import ArgumentParser

struct CacheGetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Show the answers of a request, or under a key, with the text that was kept.",
    discussion: """
      A request is named as in the ledger; a key by its first digits, at least four. Exits with 1 if \
      there is none.

      EXAMPLES
        rung cache get rung.cache 01J9ZK4T6V0M     the answers that request was given
        rung cache get rung.cache 5f2a             those under a key that begins so
      """)

  @Argument(help: "The cache's file.", completion: .file())
  var file: String

  @Argument(help: "A request, or the first digits of a key.")
  var name: String

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() async throws {
    let found = try await CacheInquiry(file).answers(named: name)
    switch format {
    case .text: Terminal.out(CacheReport.text(found, at: Moment.timestamp))
    case .json: Terminal.out(CacheReport.json(found))
    }
    if found.isEmpty { throw ExitCode(CommandExit.findings.rawValue) }
  }
}
