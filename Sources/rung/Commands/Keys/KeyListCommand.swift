import ArgumentParser
import CallerKeys
import JSONWriting
import RoutingCatalog

struct KeyListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the keys of a file by what they stand for; never keys or digests.",
    discussion: """
      Exits 0, or 2 if the file has errors.

      EXAMPLES
        rung key list
        rung key list --file gateway/keys.yaml --format json
      """)

  @OptionGroup var place: KeysPlace

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let keys = try KeysDocument(place.file).sound().keys
    switch format {
    case .text:
      guard !keys.isEmpty else { return Terminal.out("\(place.file): no keys") }
      for line in KeysTable.lines(keys, today: Moment.today) { Terminal.out(line) }
    case .json: Terminal.out(KeysTable.json(keys, today: Moment.today))
    }
  }
}
