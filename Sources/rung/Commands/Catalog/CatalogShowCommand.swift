import ArgumentParser

struct CatalogShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a catalog as a table, or one model with every price and a worked example.",
    discussion: """
      Prices are per million tokens in the catalog's currency. With a MODEL: its page, and what 1,000 \
      tokens in and 300 out cost, worked out exactly by the function that settles calls. With a \
      pattern (* is any text, ? one character): the table of the models that fit.

      Exits 0, or 2 if the catalog has errors or no such model.

      EXAMPLES
        rung catalog show policies/support
        rung catalog show catalog.yaml gpt-4o
        rung catalog show catalog.yaml 'openrouter/*' --all
        rung catalog show catalog.yaml --format json
      """)

  @Argument(help: "A catalog file, or a folder with a catalog.yaml.", completion: .file())
  var catalog: String

  @Argument(help: "A model or an embedder of it, or a pattern.")
  var model: String?

  @Flag(help: "Show every model, not just what fits a screen. JSON always has them all.")
  var all = false

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let file = try CatalogFile(catalog)
    let read = try file.sound()
    if let model, !model.contains("*"), !model.contains("?") {
      let page = try ModelPage.named(model, in: read, path: file.path)
      switch format {
      case .text: Terminal.out(page.text)
      case .json: Terminal.out(page.json)
      }
      return
    }
    let table = try CatalogTable(read, pattern: model, path: file.path)
    switch format {
    case .text: Terminal.out(table.text(all: all))
    case .json: Terminal.out(table.json)
    }
  }
}
