import PolicyDiagnostics
import RoutingCatalog
import RoutingTestSupport
import Testing
import YAMLReading

@Suite struct `Findings in catalogs` {
  @Test(arguments: Checkout.cases)
  func `read as their golden file says`(name: String) throws {
    let bytes = try Checkout.bytes("Tests/RoutingCatalogTests/Cases/\(name)")
    let text = CatalogText(bytes: bytes, path: name)
    let golden = GoldenFile(name.replacing(".yaml", with: ".txt"))
    #expect(text.report == (try golden.expected(instead: text.report)))
  }

  @Test func `have a golden file for every code`() throws {
    var seen: Set<String> = []
    for name in Checkout.cases {
      let bytes = try Checkout.bytes("Tests/RoutingCatalogTests/Cases/\(name)")
      seen.formUnion(CatalogText(bytes: bytes, path: name).codes)
    }
    // Too long for a file of the project, or not drawn by a catalog; YAMLReadingTests has them.
    let elsewhere: Set<String> = ["yaml_too_large", "yaml_too_many_nodes", "yaml_not_json"]
    let codes = Set((CatalogPages.all + YAMLPages.all).map(\.code.rawValue))
    #expect(codes.subtracting(seen).subtracting(elsewhere).sorted() == [])
    #expect(seen.subtracting(codes).sorted() == [], "codes without a page")
  }
}
