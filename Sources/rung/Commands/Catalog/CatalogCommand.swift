import ArgumentParser

struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Make a catalog of a public price list.",
    discussion: """
      EXAMPLES
        rung catalog import litellm prices.json -o catalog.yaml
      """,
    subcommands: [CatalogImportCommand.self])
}
