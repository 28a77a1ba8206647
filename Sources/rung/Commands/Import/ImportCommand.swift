import ArgumentParser
import CatalogImport
import Foundation
import PolicyImport
import PolicySource

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a policy and a catalog of another router's configuration.",
    discussion: """
      FORMAT is `litellm` (the config.yaml of its proxy), `portkey` (a config in JSON) or \
      `semantic-router` (the config.yaml of vLLM's). What cannot be carried over is listed: its line, \
      what it is, why, and what to do. No key of the file is copied or shown. A policy is written only \
      if it passes `rung check`.

      Prices come from the file, else from LiteLLM's price list if one is given; else they are unknown, \
      which is never zero. Without -o nothing is written, and the report is all.

      EXAMPLES
        rung import litellm config.yaml               what would become of it
        rung import litellm config.yaml -o routing --prices prices.json
        rung import litellm config.yaml -o routing --address AZURE_API_BASE=URL
        rung import portkey config.json -o routing
        rung import semantic-router config.yaml --format json

      Exit codes: 0 all of it is there, 1 something was left out, 2 it cannot be read.
      """)

  @Argument(help: "Whose configuration: litellm, portkey or semantic-router.")
  var from: RouterFormat

  @Argument(help: "The configuration; - is standard input.")
  var file: String

  @Option(
    name: [.short, .customLong("output")],
    help: "The folder to write policy.rung and catalog.yaml into; made if it is missing.")
  var output: String?

  @Flag(help: "With -o: write over a policy and a catalog that are there.")
  var replace = false

  @Option(help: "LiteLLM's price list, for what the file does not say of its models.")
  var prices: String?

  @Option(help: "The day the prices were read, as 2026-11-21; today if it is not given.")
  var date: CatalogDate?

  @Option(
    parsing: .upToNextOption,
    help: "NAME=URL: where a provider is that the file only names (a variable, a slug).")
  var address: [String] = []

  @Option(help: "The model callers ask for, where the file leaves that to them.")
  var model: String?

  @Option(help: "The report: text for people, json for machines.")
  var format = OutputFormat.text

  func validate() throws {
    if replace, output == nil { throw ValidationError("--replace needs -o") }
    for pair in address where !pair.contains("=") {
      throw ValidationError("--address takes NAME=URL, and `\(pair)` has no `=`")
    }
  }

  func run() throws {
    let bytes = try Files.input(file)
    let paths =
      output.map { folder in ["policy.rung", "catalog.yaml"].map { "\(folder)/\($0)" } } ?? []
    try checkRoom(paths)
    var options = ImportOptions(source: file == "-" ? "its configuration" : lastPart(of: file))
    options.addresses = addresses
    options.model = model
    if let prices {
      options.prices = try list(prices)
      options.date = date?.date ?? Moment.today
    }
    let imported: ImportedPolicy
    do throws(ImportProblem) {
      imported = try PolicyImport.read(
        from, SourceFile(id: SourceID(0), path: file, bytes: bytes), options)
    } catch {
      throw CommandFailure("\(file): \(error.words)", exit: error.exit)
    }
    var written: [String] = []
    if let output, let policy = imported.policy, let catalog = imported.catalog {
      try write(policy, catalog, into: output, paths)
      written = paths
    }
    let report = RouterImportReport(imported: imported, file: file, written: written)
    switch format {
    case .text: Terminal.out(report.text)
    case .json: Terminal.out(report.json)
    }
    if imported.extent != .whole { throw ExitCode(CommandExit.findings.rawValue) }
  }

  private var addresses: [String: String] {
    var addresses: [String: String] = [:]
    for pair in address {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      addresses[String(parts[0])] = String(parts[1])
    }
    return addresses
  }

  private func lastPart(of path: String) -> String { URL(filePath: path).lastPathComponent }

  private func list(_ path: String) throws(CommandFailure) -> CatalogDraft {
    let bytes = try Files.input(path)
    do throws(LiteLLMProblem) {
      return try LiteLLMImport.read(bytes)
    } catch {
      throw CommandFailure("`\(path)`: \(error.words)")
    }
  }

  private func checkRoom(_ paths: [String]) throws(CommandFailure) {
    if let output, Files.isFolder(output) == false {
      throw CommandFailure("`\(output)` is a file; -o names a folder")
    }
    for path in paths {
      try Files.keep([file] + (prices.map { [$0] } ?? []), from: path)
      if !replace, Files.isFolder(path) != nil {
        throw CommandFailure("`\(path)` exists; --replace writes over it")
      }
    }
  }

  private func write(
    _ policy: String, _ catalog: String, into folder: String, _ paths: [String]
  ) throws(CommandFailure) {
    do {
      try FileManager.default.createDirectory(
        at: URL(filePath: folder), withIntermediateDirectories: true)
    } catch {
      throw CommandFailure(
        "could not make `\(folder)`: \(Files.reason(error))", exit: .couldNotRun)
    }
    // The catalog first: a policy is never there without its catalog.
    try Files.write(catalog, to: paths[1])
    try Files.write(policy, to: paths[0])
  }
}

extension RouterFormat: ExpressibleByArgument {}

extension ImportProblem {
  fileprivate var exit: CommandExit {
    switch self {
    case .doesNotCheck: .couldNotRun
    case .unreadable, .empty, .notAnObject, .otherFormat: .usage
    }
  }
}
