import ArgumentParser

struct CacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cache",
    abstract: "Look into a cache of answers, and make it forget.",
    discussion: """
      The cache is the file `rung serve --cache FILE` and `rung run --cache FILE` keep what \
      `cache exact` keeps in. Reading and purging go on beside a gateway that uses it.

      EXAMPLES
        rung cache stats support.cache
        rung cache get support.cache 01KAP2Z1J5A9Q0V7R8W3M4N6TB
        rung cache purge support.cache --route faq
        rung cache purge support.cache --tenant acme --older 2h
        rung cache purge support.cache --all
      """,
    subcommands: [
      CacheStatsCommand.self, CacheGetCommand.self, CachePurgeCommand.self,
      CacheMeasureCommand.self,
    ])
}
