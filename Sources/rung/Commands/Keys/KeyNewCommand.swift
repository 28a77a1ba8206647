import ArgumentParser
import CallerKeys
import JSONWriting

struct KeyNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Make a key: shown once, its digest added to the keys file.",
    discussion: """
      The key goes to standard output and nowhere else: nobody can show it again. The file gets one \
      entry more, in one step; every other byte of it stays. A file that is not there is made.

      EXAMPLES
        rung key new --id search-prod --tenant acme --fact team=search
        rung key new --id laptop --user maria --expires 2027-01-31
        rung key new --id ops --admin                          opens the admin routes
        rung key new --id ci --file gateway/keys.yaml > ci.key
        rung key new --id ci --format json
      """)

  @Option(help: "What the key is called in policies, logs and the ledger.")
  var id: String

  @Option(help: "The tenant it stands for. Left out, the key is its own tenant.")
  var tenant: String?

  @Option(help: "The user it stands for. Left out, requests say who their user is.")
  var user: String?

  @Option(name: .customLong("fact"), help: "A fact `from key`, as name=value. Repeatable.")
  var facts: [String] = []

  @Option(help: "The last day it works, in UTC, as 2027-01-31.")
  var expires: String?

  @Flag(help: "It opens the admin routes.")
  var admin = false

  @OptionGroup var place: KeysPlace

  @Option(help: "text for people, json for machines.")
  var format = OutputFormat.text

  func run() throws {
    let secret = try KeysPlace.secret()
    var generator = SystemRandomNumberGenerator()
    let key = NewKey(using: &generator)
    guard let presented = PresentedKey(key.text) else {
      throw CommandFailure("no key could be made", exit: .couldNotRun)
    }
    let entry = try entry(secret.digest(of: presented))
    let file = try KeysDocument(place.file, mayBeAbsent: true)
    try file.check(against: secret)
    try file.replace(
      with: file.attempt { () throws(KeysEdit.Refusal) in
        try KeysEdit.adding(entry, to: file.source, mark: secret.mark)
      })
    switch format {
    case .text:
      Terminal.out(key.text)
      Terminal.error("added `\(id)` to \(place.file); the key above is not shown again")
    case .json:
      var json = JSONWriter()
      json.object { json in
        json.member("version", 1)
        json.member("id", id)
        json.member("key", key.text)
        json.member("file", place.file)
      }
      Terminal.out(json.text)
    }
  }

  private func entry(_ digest: KeyDigest) throws(CommandFailure) -> KeyEntry {
    guard KeyID.isID(id) else { throw CommandFailure("`--id \(id)`: \(KeyID.rule)") }
    if let expires, KeyDate.read(expires) == nil {
      throw CommandFailure("`--expires \(expires)`: write a day such as 2027-01-31")
    }
    for (option, name) in [("tenant", tenant), ("user", user)] {
      guard name.map(CallerReader.isName) ?? true, name != "" else {
        throw CommandFailure(
          "`--\(option)` takes one line of 1 to \(CallerReader.mostIdentityBytes) bytes")
      }
    }
    return KeyEntry(
      id: id, digest: digest, tenant: tenant, user: user, facts: try pairs(), expires: expires,
      isAdmin: admin)
  }

  private func pairs() throws(CommandFailure) -> [(name: String, value: String)] {
    var pairs: [(name: String, value: String)] = []
    for text in facts {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex,
        text.index(after: equals) < text.endIndex
      else { throw CommandFailure("`--fact \(text)`: write it as name=value") }
      let name = String(text[..<equals])
      guard !pairs.contains(where: { $0.name == name }) else {
        throw CommandFailure("`--fact \(text)`: the fact `\(name)` is given twice")
      }
      pairs.append((name, String(text[text.index(after: equals)...])))
    }
    return pairs
  }
}
