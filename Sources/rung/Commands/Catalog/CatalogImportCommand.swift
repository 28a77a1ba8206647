import ArgumentParser
import CatalogImport
import PolicyDiagnostics
import PolicySource
import PolicyUnits
import RoutingCatalog

struct CatalogImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract:
      "Make a catalog of a public price list: every price exactly, or refused with a reason.",
    discussion: """
      LIST is `litellm`: its model_prices_and_context_window.json. Chat models and embedders become \
      models and embedders of the catalog; each other entry is refused with its reason. Prices become \
      integers without rounding; one that is not there, or too fine to be kept, refuses its model.

      Not usable at once, but known by name, so that a policy is told the cure:
        confirm: needed      a price is zero or over 0.001 a token: say `free` or so
        base_url: fill_in    the list does not say where this provider is

      Without -o the catalog goes to standard output and the summary to standard error. \
      With --format json the summary has every entry with its outcome, and no catalog is printed.

      EXAMPLES
        rung catalog import litellm prices.json -o catalog.yaml
        rung catalog import litellm prices.json -o catalog.yaml --provider openai
        rung catalog import litellm prices.json --only 'gpt-4o*' > catalog.yaml
        rung catalog import litellm prices.json --all --format json > outcomes.json
      """)

  @Argument(help: "Whose list: litellm.")
  var list: PriceList

  @Argument(help: "The list; - is standard input.", completion: .file())
  var file: String

  @Option(
    name: [.short, .customLong("output")], help: "The catalog to write; it must not exist yet.",
    completion: .file())
  var output: String?

  @Flag(help: "With -o: write over a catalog that is there, and whatever was confirmed in it.")
  var replace = false

  @Option(
    parsing: .upToNextOption,
    help: "Only entries with these names; * is any text, ? one character.")
  var only: [String] = []

  @Option(
    parsing: .upToNextOption, help: "Only entries of these providers, as the list names them.")
  var provider: [String] = []

  @Option(help: "The day the prices were read, as 2026-11-21; today if it is not given.")
  var date: CatalogDate?

  @Flag(help: "Name every entry that was refused or set aside, not just the first of each kind.")
  var all = false

  @Option(help: "The summary: text for people, json for machines.")
  var format = OutputFormat.text

  func validate() throws {
    if replace, output == nil { throw ValidationError("--replace needs -o") }
  }

  func run() throws {
    let bytes = try Files.input(file)
    if let output, !replace, Files.isFolder(output) != nil {
      throw CommandFailure("`\(output)` exists; --replace writes over it")
    }
    let draft: CatalogDraft
    do {
      try checkProviders(bytes)
      let patterns = only.map { NamePattern($0) }
      draft = try LiteLLMImport.read(
        bytes, selection: ImportSelection(patterns: patterns, providers: Set(provider)))
      try checkPatterns(draft, patterns)
    } catch let problem as LiteLLMProblem {
      throw CommandFailure("`\(file)`: \(problem.words)")
    }
    let report = ImportReport(draft: draft, file: file, output: output)
    guard draft.hasModels else {
      Terminal.error(report.text(naming: all))
      throw CommandFailure("nothing was imported, so there is no catalog to write", exit: .findings)
    }
    let text = try catalog(of: draft)
    if let output { try Files.write(text, to: output) }
    switch format {
    case .json: Terminal.out(report.json)
    case .text where output == nil:
      Terminal.out(text, newline: false)
      Terminal.error(report.text(naming: all))
    case .text: Terminal.out(report.text(naming: all))
    }
  }

  /// The text, read back: what is written is a catalog without findings.
  private func catalog(of draft: CatalogDraft) throws(CommandFailure) -> String {
    guard let today = date?.date ?? Moment.today else {
      throw CommandFailure(
        "this machine's clock is outside the years 1 to 9999", exit: .couldNotRun)
    }
    let text = draft.yaml(date: today, origin: "LiteLLM's price list")
    let read = CatalogReader.read(SourceFile(path: output ?? "catalog.yaml", text: text))
    guard let first = read.diagnostics.first else { return text }
    throw CommandFailure(
      "the catalog would not pass its own check: \(first.message); --only or --provider makes it "
        + "smaller", exit: .couldNotRun)
  }

  private func checkProviders(_ bytes: [UInt8]) throws {
    guard !provider.isEmpty else { return }
    let known = try LiteLLMImport.providers(of: bytes)
    for name in provider where !known.contains(name) {
      let near = NearName.of(name, among: known).map { "; did you mean \($0)?" } ?? ""
      throw CommandFailure("the list has no provider `\(name)`\(near)")
    }
  }

  private func checkPatterns(_ draft: CatalogDraft, _ patterns: [NamePattern]) throws {
    for pattern in patterns where !draft.entries.contains(where: { pattern.matches($0.name) }) {
      throw CommandFailure("no entry is called `\(pattern.text)`")
    }
  }
}

/// The price lists that can be read.
enum PriceList: String, ExpressibleByArgument, CaseIterable {
  case litellm
}

/// `2026-11-21` on the command line.
struct CatalogDate: ExpressibleByArgument {
  let date: CalendarDate

  init?(argument: String) {
    let parts = argument.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2] else { return nil }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == 3,
      let date = CalendarDate(year: numbers[0], month: numbers[1], day: numbers[2])
    else { return nil }
    self.date = date
  }
}
