import CallerKeys
import PolicyDiagnostics
import PolicyGraph
import PolicyUnits
import RoutingTestSupport
import Testing

@Suite struct `Findings in keys files` {
  @Test(arguments: KeyCases.names)
  func `read as their golden file says`(name: String) throws {
    let text = try KeyCases.text(name)
    let golden = GoldenFile(name.replacing(".yaml", with: ".txt"))
    #expect(text.report == (try golden.expected(instead: text.report)))
    #expect(!text.report.contains("4f9aK2"))
  }

  @Test func `have a golden file for every code`() throws {
    var seen: Set<String> = []
    for name in KeyCases.names { seen.formUnion(try KeyCases.text(name).codes) }
    let codes = Set(KeysPages.all.map(\.code.rawValue))
    #expect(codes.subtracting(seen).sorted() == [])
    #expect(seen.filter { $0.hasPrefix("keys_") }.subtracting(codes).sorted() == [])
  }

  @Test(arguments: KeysPages.all.map(\.code.rawValue))
  func `have a page that shows them`(code: String) throws {
    let page = try #require(KeysPages.all.first { $0.code.rawValue == code })
    #expect(page.language == .keys)
    #expect((page.wrong == nil) == (page.instead == nil))
    if let wrong = page.wrong {
      let finding = try KeysText(wrong).diagnostics.first { $0.code == page.code }
      #expect(finding?.severity == page.severity)
    }
    if let instead = page.instead { #expect(try KeysText(instead).report == "") }
  }
}

@Suite struct `A keys file` {
  static let text = """
    # Who may ask.
    keys:
      search-prod:   # the indexer
        digest: hmac-sha256:\(String(repeating: "0a", count: 32))
        tenant: "acme, inc."
        user: indexer
        facts: {team: search}
        expires: 2027-01-31
      ops:
        digest: hmac-sha256:\(String(repeating: "0b", count: 32))
        admin: true
    """

  @Test func `says who its keys are`() throws {
    let read = try KeysText(Self.text, withPolicy: true)
    #expect(read.report == "")
    let keys = try #require(read.keys?.keys)
    #expect(keys.count == 2)
    #expect(
      keys[0].identity
        == CallerIdentity(
          id: "search-prod", tenant: "acme, inc.", user: "indexer",
          facts: ["team": .text("search")]))
    #expect(keys[0].digest.hex == String(repeating: "0a", count: 32))
    #expect(keys[0].expires == CalendarDate(year: 2027, month: 1, day: 31))
    #expect(keys[1].identity == CallerIdentity(id: "ops", isAdmin: true))
  }

  @Test(arguments: ["", "# nothing yet\n", "keys:\n", "keys: {}\n", "made_under: abc\n"])
  func `may have no keys yet, and says what that means`(text: String) throws {
    let file = KeysReader.read(try KeysText(text).file)
    #expect(file.value?.keys.isEmpty == true)
    #expect(file.diagnostics.map(\.code.rawValue) == ["keys_none"])
    #expect(file.diagnostics.map(\.severity) == [.warning])
  }

  @Test func `is read at once, however large`() throws {
    let many = "keys:\n" + (0..<20_000).map { "  k\($0): {digest: hmac-sha256:x}\n" }.joined()
    let start = ContinuousClock.now
    #expect(try KeysText(many).diagnostics.count <= 101)
    let time = ContinuousClock.now - start
    SharedData.say("20000 entries with mistakes in \(time)")
    #expect(time < .seconds(60))
  }
}
