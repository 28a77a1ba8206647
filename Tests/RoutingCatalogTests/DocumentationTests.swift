import PolicyDiagnostics
import RoutingCatalog
import Testing

@Suite struct `The page about catalogs` {
  @Test func `shows a catalog that reads without a finding`() throws {
    let page = String(decoding: try Checkout.bytes("policies/CATALOG.md"), as: UTF8.self)
    let samples = Self.blocks(of: page)
    #expect(!samples.isEmpty)
    for sample in samples { #expect(CatalogText(sample).report == "") }
  }

  @Test func `is matched by the sample in the sources`() throws {
    let source = String(
      decoding: try Checkout.bytes("Sources/RoutingCatalog/Catalog.swift"), as: UTF8.self)
    let comment = source.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { $0.hasPrefix("///") }.map { $0.dropFirst($0.hasPrefix("/// ") ? 4 : 3) }
      .joined(separator: "\n")
    let samples = Self.blocks(of: comment)
    #expect(samples.count == 1)
    for sample in samples { #expect(CatalogText(sample).report == "") }
  }

  private static func blocks(of text: String) -> [String] {
    text.components(between: "```yaml\n", and: "```")
  }
}

extension String {
  fileprivate func components(between start: String, and end: String) -> [String] {
    var rest = self[...]
    var found: [String] = []
    while let opening = rest.firstRange(of: start) {
      rest = rest[opening.upperBound...]
      guard let closing = rest.firstRange(of: end) else { break }
      found.append(String(rest[..<closing.lowerBound]))
      rest = rest[closing.upperBound...]
    }
    return found
  }
}
