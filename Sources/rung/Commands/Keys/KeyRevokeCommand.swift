import ArgumentParser
import CallerKeys
import JSONWriting

struct KeyRevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke",
    abstract: "Take a key out of the file: it opens nothing as soon as the gateway has read it.",
    discussion: """
      A running `rung serve --keys` sees the change by itself. Rows of the ledger keep the id; a new \
      key may have it again.

      EXAMPLES
        rung key revoke search-prod
        rung key revoke search-prod --file gateway/keys.yaml
      """)

  @Argument(help: "The key's id.")
  var id: String

  @OptionGroup var place: KeysPlace

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let file = try KeysDocument(place.file)
    try file.replace(
      with: file.attempt { () throws(KeysEdit.Refusal) in
        try KeysEdit.removing(id, from: file.source)
      })
    switch format {
    case .text: Terminal.out("revoked `\(id)` in \(place.file)")
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("version", 1)
        json.member("id", id)
        json.member("file", place.file)
      }
      Terminal.out(json.text)
    }
  }
}
