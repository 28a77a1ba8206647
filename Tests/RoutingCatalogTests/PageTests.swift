import PolicyDiagnostics
import RoutingCatalog
import Testing
import YAMLReading

@Suite struct `Pages of catalog findings` {
  static let pages = CatalogPages.all + YAMLPages.all

  @Test(arguments: pages.map(\.code.rawValue))
  func `show a catalog that draws the code and one that does not`(code: String) throws {
    let page = try #require(Self.pages.first { $0.code.rawValue == code })
    #expect(page.language == .catalog)
    #expect((page.wrong == nil) == (page.instead == nil))
    if let wrong = page.wrong {
      let finding = CatalogText(wrong).diagnostics.first { $0.code == page.code }
      #expect(finding?.severity == page.severity)
    }
    if let instead = page.instead {
      #expect(CatalogText(instead).report == "")
    }
  }

  @Test func `are one for each code`() {
    let codes = Self.pages.map(\.code.rawValue)
    #expect(Set(codes).count == codes.count)
  }
}
