import ArgumentParser

struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Import, check, show and compare catalogs: models, providers, prices.",
    discussion: """
      EXAMPLES
        rung catalog import litellm prices.json -o catalog.yaml
        rung catalog check catalog.yaml
        rung catalog show catalog.yaml gpt-4o
        rung catalog diff old.yaml catalog.yaml
      """,
    subcommands: [
      CatalogImportCommand.self, CatalogCheckCommand.self, CatalogShowCommand.self,
      CatalogDiffCommand.self,
    ])
}
