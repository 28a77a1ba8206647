import HTTPUpstream
import Testing

@Suite struct SecretTests {
  private static let key = "sk-very-private-0123456789"

  private struct Holder {
    let name = "provider"
    let secret: Secret
    let header: UpstreamHeader
  }

  @Test func `no way of printing shows the key`() throws {
    let secret = try #require(Secret(Self.key))
    let holder = Holder(secret: secret, header: .bearer(secret))
    var dumped = ""
    dump(holder, to: &dumped)
    dump(secret, to: &dumped)
    dump([secret as Any, Optional(secret) as Any], to: &dumped)
    let texts = [
      "\(secret)", "\(holder)", secret.description, secret.debugDescription,
      String(describing: secret), String(reflecting: secret), String(reflecting: holder),
      String(describing: Optional(secret)), "\([secret])", "\(["key": secret])", dumped,
    ]
    for text in texts {
      #expect(!text.contains("private"), "\(text)")
      #expect(text.contains("***"))
    }
    #expect(Mirror(reflecting: secret).children.isEmpty)
  }

  @Test(arguments: ["", "two\nlines", "a\rb", "nul\0", "bell\u{7}", "del\u{7F}"])
  func `a text that cannot stand in a header is no key`(text: String) {
    #expect(Secret(text) == nil)
  }

  @Test func `a variable that is not set gives no key`() {
    #expect(Secret(environmentVariable: "RUNG_TEST_NO_SUCH_VARIABLE") == nil)
    #expect(Secret(environmentVariable: "PATH") != nil)
  }
}
