import PolicyDiagnostics
import PolicySemantics
import PolicyUnits
import RoutingTestSupport
import Testing

@Suite struct PagesTests {
  static let today = CalendarDate(year: 2026, month: 6, day: 1)
  static let shown = SemanticPages.all.filter { $0.wrong != nil }

  @Test(arguments: shown.map(\.code.rawValue))
  func `what a page calls wrong draws its code and no other`(code: String) throws {
    let page = try #require(SemanticPages.all.first { $0.code.rawValue == code })
    let wrong = try #require(page.wrong)
    let found = check(wrong, today: Self.today).diagnostics
    #expect(Set(codes(found)) == [code])
    #expect(found.allSatisfy { $0.severity == page.severity })
    let golden = GoldenFile("\(code).txt")
    let text = wrong + "---\n" + PolicySemanticsTests.shown(found, in: wrong)
    #expect(try golden.expected(instead: text) == text)
  }

  @Test(arguments: shown.map(\.code.rawValue))
  func `what a page shows instead draws nothing`(code: String) throws {
    let page = try #require(SemanticPages.all.first { $0.code.rawValue == code })
    let instead = try #require(page.instead)
    let checked = check(instead, today: Self.today)
    #expect(PolicySemanticsTests.shown(checked.diagnostics, in: instead) == "")
    #expect(checked.value != nil)
  }

  @Test func `each code has one page`() {
    let codes = SemanticPages.all.map(\.code.rawValue)
    #expect(codes.count == Set(codes).count)
  }
}
