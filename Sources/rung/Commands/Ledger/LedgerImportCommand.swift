import ArgumentParser
import LedgerExchange
import RoutingLedger

struct LedgerImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take in the requests of another program, or rows that were exported.",
    discussion: """
      FILE is JSON (a record to a line, one array, or a page under `data`) or CSV. What it is shows by \
      its names, or is said with --as or --columns:

        litellm-spend  LiteLLM's spend logs, from /spend/logs or the table
        azure-trace    TIMESTAMP, ContextTokens, GeneratedTokens
        rung           what `rung ledger export` wrote
        --columns      time=…,input_tokens=…,output_tokens=…,cost=…,model=…,
                       provider=…,tenant=…,user=…,key=…,conversation=…,
                       status=…,latency_ms=…,
                       first_byte_ms=…,id=…,cached_input_tokens=…,
                       cache_write_tokens=…,reasoning_tokens=…

      The file is read twice: first to see whether every record can be read, then to keep the rows. \
      If a record cannot be read, nothing is kept, unless --partial takes the rest. What was refused is \
      shown with its line and its reason, and counted. An import that was cut off goes on where it \
      stopped when it is run again; a file that is in the ledger already is refused unless --again.

      A cost becomes nano-units exactly or is refused; one that is not there stays unknown, or is priced \
      from --catalog. Rows keep their own time, name the file they come from, and never count against \
      budgets.

      EXAMPLES
        rung ledger import spend.json
        rung ledger import trace.csv --catalog catalog.yaml --model gpt-4o
        rung ledger import calls.csv --columns time=created,input_tokens=in,cost=usd
      """)

  @Argument(help: "The file.", completion: .file())
  var file: String

  @OptionGroup var ledger: LedgerPlace

  @Option(name: .customLong("as"), help: "What its records are.")
  var named: NamedImport?

  @Option(help: ArgumentHelp("Which column is what.", valueName: "field=column,…"))
  var columns: String?

  @Option(help: "A catalog, to price rows that have no cost.", completion: .file())
  var catalog: String?

  @Option(help: "The model of records that name none.")
  var model: String?

  @Option(help: "Of the costs in the file (default: the catalog's, else USD).")
  var currency: String?

  @Flag(help: "Take a cost finer than a billionth as an upper bound, rounded up.")
  var roundUp = false

  @Flag(help: "Take LiteLLM's zeros for zeros: by default they are unknown.")
  var zeroIsFree = false

  @Flag(help: "Keep what can be read although something cannot.")
  var partial = false

  @Flag(help: "Import a file a second time, as rows of their own.")
  var again = false

  @Flag(help: "Only read the file and say what would be kept.")
  var dryRun = false

  @Option(help: "text for people, json for machines, with every record that was refused.")
  var format = OutputFormat.text

  func validate() throws {
    if named != nil, columns != nil {
      throw ValidationError("--as and --columns exclude each other")
    }
  }

  func run() async throws {
    let options = try options()
    let run = LedgerImportRun(
      file: file, ledger: ledger.path, options: options,
      showing: format == .json ? .max : LedgerImportReport.most)
    let conduct = LedgerImportRun.Conduct(isPartial: partial, isAgain: again, isDry: dryRun)
    let interrupted = Interruption()
    let report = try await Progress.during("importing \(file)") {
      try await run.run(conduct) { interrupted.hasCome }
    }
    switch format {
    case .text: Terminal.out(report.text)
    case .json: Terminal.out(report.json)
    }
    if report.outcome == .interrupted { throw ExitCode(130) }
    if report.outcome == .refused { throw ExitCode(CommandExit.findings.rawValue) }
  }

  private func options() throws(CommandFailure) -> ImportOptions {
    var options = ImportOptions()
    options.kind = named?.kind
    if let columns {
      do {
        options.kind = .mapped(try ColumnMapping(parsing: columns))
      } catch {
        throw CommandFailure("--columns: \(error)")
      }
    }
    options.model = model
    options.roundsUp = roundUp
    options.trustsZero = zeroIsFree
    if let catalog {
      let prices = try ImportPrices(catalog: catalog)
      options.pricing = prices.pricing
      options.currency = prices.currency
      if let model, prices.pricing.name(of: model) == nil {
        throw CommandFailure("`\(catalog)` has no model `\(model)`")
      }
    }
    guard let currency else { return options }
    guard currency.utf8.count == 3, currency.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      throw CommandFailure("`--currency \(currency)` is no currency: write three capitals, as USD")
    }
    guard catalog == nil || currency == options.currency else {
      throw CommandFailure("the catalog's prices are in \(options.currency), not in \(currency)")
    }
    options.currency = currency
    return options
  }
}

/// The kinds of files that have a name.
enum NamedImport: String, ExpressibleByArgument, CaseIterable {
  case liteLLMSpend = "litellm-spend"
  case azureTrace = "azure-trace"
  case rung

  var kind: ImportKind {
    switch self {
    case .liteLLMSpend: .liteLLMSpend
    case .azureTrace: .azureTrace
    case .rung: .rung
    }
  }
}
