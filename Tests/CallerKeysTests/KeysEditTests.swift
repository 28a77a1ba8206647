import CallerKeys
import PolicySource
import RoutingTestSupport
import Testing

@Suite struct `Changing a keys file` {
  static let digest = KeyDigest(hex: String(repeating: "0c", count: 32))

  static func entry(_ id: String = "new") throws -> KeyEntry {
    KeyEntry(
      id: id, digest: try #require(digest), tenant: "acme", facts: [("team", "search")],
      expires: "2027-01-31", isAdmin: true)
  }

  static func file(_ text: String) -> SourceFile { SourceFile(path: "keys.yaml", text: text) }

  static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

  static let a = "  a:\n    digest: hmac-sha256:\(String(repeating: "0a", count: 32))\n"
  static let b = "  b:\n    digest: hmac-sha256:\(String(repeating: "0b", count: 32))\n"
  static let new = """
      new:
        digest: hmac-sha256:\(String(repeating: "0c", count: 32))
        tenant: acme
        facts: {team: search}
        expires: 2027-01-31
        admin: true

    """

  /// Before, and what stands before and after the new entry.
  static let additions: [(before: String, above: String, below: String)] = [
    ("", "made_under: \"mark\"\nkeys:\n", ""),
    ("# ours\n", "# ours\nmade_under: \"mark\"\nkeys:\n", ""),
    ("# ours", "# ours\nmade_under: \"mark\"\nkeys:\n", ""),
    ("keys:\n", "keys:\n", ""),
    ("keys: # none\n# end", "keys: # none\n", "# end"),
    ("keys: {}  # none\n", "keys:   # none\n", ""),
    ("keys:\n" + a, "keys:\n" + a, ""),
    ("keys:\n" + a + "  # about b\n" + b, "keys:\n" + a + "  # about b\n" + b, ""),
    ("keys:\n" + a + "\n# end\n", "keys:\n" + a, "\n# end\n"),
    ("keys:\n" + a + "made_under: x\n", "keys:\n" + a, "made_under: x\n"),
    ("made_under: x", "made_under: x\nkeys:\n", ""),
    (
      "keys:\n" + a.dropLast() + "   # last", "keys:\n" + a.dropLast() + "   # last\n", ""
    ),
  ]

  @Test func `refuses a key that would be a tenant of another's name`() throws {
    let file = Self.file(
      "keys:\n  acme:\n    digest: hmac-sha256:\(String(repeating: "0a", count: 32))\n")
    #expect(throws: KeysEdit.Refusal.tenant("acme", alone: "acme", other: "new")) {
      try KeysEdit.adding(try Self.entry(), to: file, mark: "mark")
    }
    let named = Self.file(
      "keys:\n  web:\n    digest: hmac-sha256:\(String(repeating: "0a", count: 32))\n    tenant: acme\n"
    )
    let alone = KeyEntry(id: "acme", digest: try #require(Self.digest))
    #expect(throws: KeysEdit.Refusal.tenant("acme", alone: "acme", other: "web")) {
      try KeysEdit.adding(alone, to: named, mark: "mark")
    }
  }

  @Test(arguments: additions)
  func `adds an entry and keeps every other byte`(before: String, above: String, below: String)
    throws
  {
    let after = try KeysEdit.adding(Self.entry(), to: Self.file(before), mark: "mark")
    #expect(Self.text(after) == above + Self.new + below)
  }

  @Test func `keeps the file's indentation and line ends`() throws {
    let before = "keys:\r\n    a:\r\n        digest: hmac-sha256:"
    let digits = String(repeating: "0a", count: 32)
    let after = Self.text(
      try KeysEdit.adding(Self.entry(), to: Self.file(before + digits + "\r\n"), mark: "m"))
    #expect(after.hasPrefix(before + digits + "\r\n    new:\r\n      digest: "))
    #expect(!after.replacing("\r\n", with: "").contains("\n"))
  }

  @Test func `writes what is no plain word in quotes`() throws {
    let values = ["true", "12", "a: b", "# x", "\"", "\\", "ä", "\u{85}\u{2028}", "- x", "{"]
    for (index, value) in values.enumerated() {
      var entry = try Self.entry("k\(index)")
      entry.facts = [("team", value)]
      entry.tenant = value.contains("\u{85}") ? nil : value
      let bytes = try KeysEdit.adding(entry, to: Self.file("keys:\n" + Self.a), mark: "m")
      let read = try KeysText(bytes: bytes, path: "keys.yaml")
      #expect(read.keys?.keys.last?.facts.first?.text == value)
      #expect(read.keys?.keys.last?.identity.tenant == entry.tenant)
    }
  }

  static let removals: [(before: String, id: String, after: String)] = [
    ("keys:\n" + a, "a", "keys:\n"),
    ("keys:\n" + a + b, "a", "keys:\n" + b),
    ("keys:\n" + a + b, "b", "keys:\n" + a),
    (
      "# x\nkeys:\n" + a + "  # about b\n" + b + "# end", "b",
      "# x\nkeys:\n" + a + "  # about b\n# end"
    ),
    ("keys:\n" + a + b.dropLast(), "b", "keys:\n" + a),
  ]

  @Test(arguments: removals)
  func `takes an entry out and keeps every other byte`(before: String, id: String, after: String)
    throws
  {
    #expect(Self.text(try KeysEdit.removing(id, from: Self.file(before))) == after)
  }

  @Test func `refuses what it could not do cleanly`() throws {
    let inBraces = "keys: {a: {digest: hmac-sha256:\(String(repeating: "0a", count: 32))}}\n"
    let entry = try Self.entry()
    #expect(throws: KeysEdit.Refusal.notOneBelowTheOther) {
      try KeysEdit.adding(entry, to: Self.file(inBraces), mark: "m")
    }
    #expect(throws: KeysEdit.Refusal.notOneBelowTheOther) {
      try KeysEdit.removing("a", from: Self.file(inBraces))
    }
    #expect(throws: KeysEdit.Refusal.notOneBelowTheOther) {
      try KeysEdit.adding(entry, to: Self.file("{}"), mark: "m")
    }
    #expect(throws: KeysEdit.Refusal.exists(id: "new")) {
      try KeysEdit.adding(entry, to: Self.file("keys:\n" + Self.new), mark: "m")
    }
    #expect(throws: KeysEdit.Refusal.unknown(id: "nev", near: "new")) {
      try KeysEdit.removing("nev", from: Self.file("keys:\n" + Self.new))
    }
    #expect(throws: KeysEdit.Refusal.unsound) {
      try KeysEdit.adding(entry, to: Self.file("keys: [x]\n"), mark: "m")
    }
  }

  @Test func `makes keys of 256 bits, each another`() {
    var generator = SystemRandomNumberGenerator()
    let keys = (0..<1000).map { _ in NewKey(using: &generator).text }
    #expect(Set(keys).count == 1000)
    for key in keys {
      #expect(key.utf8.count == 46 && key.hasPrefix("rk-"))
      #expect(key.dropFirst(3).allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) })
    }
  }
}
