import CallerKeys
import PolicySource
import PolicyUnits
import Testing

@Suite struct `A ring of keys` {
  static let secret = "an environment keeps this secret: 0123456789"
  static let span = Span(file: SourceID(0), start: 0, end: 1)

  static func ring(_ keys: [(key: String, id: String)], expires: CalendarDate? = nil) throws
    -> KeyRing
  {
    let secret = try KeySecret(Self.secret)
    let entries = try keys.map { pair in
      CallerKey(
        identity: CallerIdentity(id: pair.id, isAdmin: pair.id == "ops"),
        digest: secret.digest(of: try #require(PresentedKey(pair.key))), expires: expires,
        span: span)
    }
    return KeyRing(entries, secret: secret)
  }

  @Test func `tells callers by their keys`() throws {
    let ring = try Self.ring([("rk-a", "a"), ("rk-b", "b")])
    for (key, id) in [("rk-a", "a"), ("rk-b", "b")] {
      let presented = try #require(PresentedKey(key))
      #expect(try ring.caller(presenting: presented, at: 0).id == id)
    }
    for stranger in ["rk-", "rk-aa", "rk-A", "a", "rk-a\u{301}", "rk-c"] {
      let presented = try #require(PresentedKey(stranger))
      #expect(throws: KeyRefusal.unknown) { try ring.caller(presenting: presented, at: 0) }
    }
  }

  @Test func `lets a key work through its last day and not a second longer`() throws {
    let day = try #require(CalendarDate(year: 2027, month: 1, day: 31))
    let ring = try Self.ring([("rk-a", "a")], expires: day)
    let key = try #require(PresentedKey("rk-a"))
    let end = (day.daysSince1970 + 1) * 86_400
    #expect(try ring.caller(presenting: key, at: end - 1).id == "a")
    #expect(throws: KeyRefusal.expired(id: "a")) { try ring.caller(presenting: key, at: end) }
  }

  @Test func `opens admin routes to admin keys only`() throws {
    let ring = try Self.ring([("rk-a", "a"), ("rk-ops", "ops")])
    func ask(_ key: String) -> (String) -> [String] {
      { $0 == "x-api-key" ? [key] : [] }
    }
    #expect(ring.hasAdmin)
    #expect(try ring.admin(at: 0, values: ask("rk-ops")).id == "ops")
    #expect(throws: KeyRefusal.notAdmin(id: "a")) { try ring.admin(at: 0, values: ask("rk-a")) }
    #expect(throws: KeyRefusal.unknown) { try ring.admin(at: 0, values: ask("rk-x")) }
    #expect(throws: KeyRefusal.none) { try ring.admin(at: 0) { _ in [] } }
    #expect(KeyRefusal.notAdmin(id: "a").status == 403)
  }

  @Test func `opens nothing under another secret`() throws {
    let made = try KeySecret(Self.secret)
    let other = try KeySecret(Self.secret + "!")
    let key = try #require(PresentedKey("rk-a"))
    #expect(made.digest(of: key) != other.digest(of: key))
    #expect(made.mark != other.mark)
  }

  @Test func `digests as another implementation of HMAC-SHA256 does`() throws {
    // Worked with Python's hmac.
    let secret = try KeySecret("0123456789abcdef0123456789abcdef")
    let key = try #require(PresentedKey("rk-abc"))
    #expect(
      secret.digest(of: key).hex
        == "3d93a1157fafda409f5f9c8f6a01744b7def1064f672951e229e027e4fd37f27")
  }

  static let secrets: [(String?, KeySecretProblem)] = [
    (nil, .absent(variable: "RUNG_KEY_SECRET")),
    ("", .absent(variable: "RUNG_KEY_SECRET")),
    ("0123456789abcdef0123456789abcde", .tooShort(variable: "RUNG_KEY_SECRET", bytes: 31)),
    (String(repeating: "changeme", count: 1), .tooShort(variable: "RUNG_KEY_SECRET", bytes: 8)),
    (String(repeating: "x", count: 64), .tooPlain(variable: "RUNG_KEY_SECRET")),
  ]

  @Test(arguments: secrets)
  func `has no secret that could be guessed`(text: String?, problem: KeySecretProblem) {
    #expect(throws: problem) { try KeySecret(text) }
    #expect("\(problem)".contains("RUNG_KEY_SECRET"))
    if let text, text.utf8.count > 8 { #expect(!"\(problem)".contains(text)) }
  }

  @Test func `reads digests as it writes them`() throws {
    let hex = String(repeating: "0", count: 15) + "7" + String(repeating: "9af0", count: 12)
    #expect(KeyDigest(hex: hex)?.hex == hex)
    for wrong in [hex.uppercased(), String(hex.dropLast()), hex + "0", "", "g" + hex.dropFirst()] {
      #expect(KeyDigest(hex: wrong) == nil)
    }
  }
}
