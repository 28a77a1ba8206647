import PolicyDiagnostics
import PolicyGraph
import PolicySource
import PolicyUnits
import YAMLReading

/// One reading of a keys file; findings collect on the way.
struct KeysBuilder {
  let today: CalendarDate?
  var problems: KeysProblems
  private var places: [KeyDigest: (id: String, span: Span)] = [:]

  init(today: CalendarDate?, problems: KeysProblems) {
    self.today = today
    self.problems = problems
  }

  mutating func file(from root: YAMLNode) -> KeysFile? {
    guard let entries = entries(of: root, "a keys file", at: root.span) else { return nil }
    var file = KeysFile()
    for entry in entries {
      switch entry.key {
      case "made_under":
        guard let text = text(of: entry, "16 hexadecimal digits") else { continue }
        file.madeUnder = KeysFile.Mark(text: text, span: entry.value.span)
      case "keys": file.keys = keys(entry)
      default: unknown(entry, "a keys file", known: ["keys", "made_under"])
      }
    }
    return file
  }

  private mutating func keys(_ entry: YAMLEntry) -> [CallerKey] {
    // No key yet, or none any more.
    if entry.value.scalar?.isAbsent == true { return [] }
    let keys = entries(of: entry.value, "`keys`", at: entry.keySpan)?.compactMap { key($0) } ?? []
    checkTenants(keys)
    return keys
  }

  /// A key without a tenant is one by its id: where another key stands for a tenant of that name, the two
  /// would share budgets and cached answers, and nobody said so.
  private mutating func checkTenants(_ keys: [CallerKey]) {
    var alone: [String: CallerKey] = [:]
    for key in keys where key.identity.tenant == nil { alone[key.identity.id] = key }
    for key in keys {
      guard let tenant = key.identity.tenant, let other = alone[tenant] else { continue }
      problems.report(
        .keysTenantOfAnother,
        "the key \(quoted(key.identity.id)) stands for the tenant \(quoted(tenant)), and the key "
          + "\(quoted(tenant)) is one of its own by that name", at: key.span,
        note:
          "if they are one tenant, write `tenant: \(tenant)` at the key \(quoted(tenant)) too; if "
          + "not, give one of them another name",
        also: Note("the other key is here", at: other.span))
    }
  }

  private mutating func key(_ entry: YAMLEntry) -> CallerKey? {
    guard checkID(entry),
      let fields = entries(of: entry.value, "a key", at: entry.keySpan)
    else { return nil }
    var key = DraftKey(id: entry.key)
    for field in fields { read(field, into: &key) }
    if !fields.contains(where: { $0.key == "digest" || $0.key == "key" }) {
      problems.report(
        .keysMissingDigest, "the key \(quoted(entry.key)) has no `digest`", at: entry.keySpan,
        note: "`rung key new --id \(entry.key)` makes a key and writes its digest")
    }
    guard let digest = key.digest else { return nil }
    if let first = places[digest] {
      problems.report(
        .keysDuplicate, "this is the digest of \(quoted(first.id)) too", at: entry.keySpan,
        note: "one key has one entry: make another key, or take this entry out",
        also: Note("the first is here", at: first.span))
      return nil
    }
    places[digest] = (entry.key, entry.keySpan)
    return CallerKey(
      identity: key.identity, digest: digest, expires: key.expires, span: entry.keySpan,
      facts: key.facts)
  }

  private mutating func read(_ field: YAMLEntry, into key: inout DraftKey) {
    switch field.key {
    case "digest": key.digest = digest(field)
    case "tenant": key.identity.tenant = name(field)
    case "user": key.identity.user = name(field)
    case "facts": key.facts = facts(field)
    case "expires": key.expires = expires(field)
    case "admin": key.identity.isAdmin = flag(field)
    case "budgets", "budget", "limits", "limit":
      problems.report(
        .keysNotYet, "a key of this version carries no `\(field.key)`", at: field.keySpan,
        note: "declare it in the policy: `budget NAME = $5 per key per day when key = "
          + "\"\(key.identity.id)\"`")
    case "key", "secret", "token", "api_key":
      problems.report(
        .keysPlainKey, "a key's entry has no `\(field.key)`: no key stands in a keys file",
        at: field.keySpan, note: Self.plainKeyAdvice)
    default: unknown(field, "a key", known: Self.fields)
    }
  }

  private static let fields = ["digest", "tenant", "user", "facts", "expires", "admin"]

  static let plainKeyAdvice =
    "make another key with `rung key new`, which writes the digest: whoever has seen this file has "
    + "this key"
}

/// A key whose entry is being read.
private struct DraftKey {
  var identity: CallerIdentity
  var digest: KeyDigest?
  var expires: CalendarDate?
  var facts: [CallerKey.Fact] = [] {
    didSet {
      identity.facts = Dictionary(facts.map { ($0.name, .text($0.text)) }) { first, _ in first }
    }
  }

  init(id: String) { identity = CallerIdentity(id: id) }
}
