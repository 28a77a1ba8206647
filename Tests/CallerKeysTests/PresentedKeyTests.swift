import CallerKeys
import Testing

@Suite struct `The key of a request` {
  typealias Header = (String, String)

  static func read(_ headers: [Header]) throws(KeyRefusal) -> PresentedKey {
    try PresentedKey { name in headers.filter { $0.0 == name }.map(\.1) }
  }

  @Test(arguments: [
    [("authorization", "Bearer rk-1")],
    [("authorization", "bearer   rk-1 ")],
    [("authorization", "BEARER rk-1")],
    [("api-key", "rk-1")],
    [("x-api-key", " rk-1")],
    [("authorization", "Bearer rk-1"), ("api-key", "rk-1"), ("x-api-key", "rk-1")],
  ])
  func `is read from each of its fields`(headers: [Header]) throws {
    let key = try Self.read(headers)
    let secret = try KeySecret("0123456789abcdef0123456789abcdef")
    let same = try #require(PresentedKey("rk-1"))
    #expect(secret.digest(of: key) == secret.digest(of: same))
  }

  static let refused: [([Header], KeyRefusal)] = [
    ([], .none),
    ([("cookie", "rk-1")], .none),
    ([("authorization", "Basic cms6MQ==")], .malformed(field: "authorization")),
    ([("authorization", "rk-1")], .malformed(field: "authorization")),
    ([("authorization", "Bearer")], .malformed(field: "authorization")),
    ([("authorization", "Bearer  ")], .malformed(field: "authorization")),
    ([("authorization", "")], .malformed(field: "authorization")),
    ([("api-key", "")], .malformed(field: "api-key")),
    ([("x-api-key", String(repeating: "k", count: 513))], .malformed(field: "x-api-key")),
    ([("authorization", "Bearer rk-1"), ("authorization", "Bearer rk-2")], .twoKeys),
    ([("authorization", "Bearer rk-1"), ("x-api-key", "rk-2")], .twoKeys),
    ([("api-key", "rk-1"), ("x-api-key", "rk-11")], .twoKeys),
  ]

  @Test(arguments: refused)
  func `is refused by name where it is none`(headers: [Header], refusal: KeyRefusal) {
    #expect(throws: refusal) { try Self.read(headers) }
    #expect(refusal.status == 401)
    #expect(!"\(refusal)".contains("rk-"))
  }

  @Test func `may have 512 bytes and no more`() {
    #expect(PresentedKey(String(repeating: "k", count: 512)) != nil)
    #expect(PresentedKey(String(repeating: "k", count: 513)) == nil)
    #expect(PresentedKey(String(repeating: "ü", count: 257)) == nil)
  }

  @Test func `is never printed`() throws {
    let key = try #require(PresentedKey("rk-secret"))
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
      #expect(!text.contains("rk-secret") && !text.contains("114"))
    }
  }
}
