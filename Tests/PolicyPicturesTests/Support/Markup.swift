import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A text read as XML: its elements, its texts, what its links name.
final class Markup: NSObject, XMLParserDelegate {
  private(set) var problem: String?
  private(set) var elements: [String: Int] = [:]
  private(set) var ids: [String] = []
  private(set) var links: [String] = []
  private(set) var attributes: Set<String> = []
  private(set) var text = ""

  init(_ source: String) {
    super.init()
    let parser = XMLParser(data: Data(source.utf8))
    parser.delegate = self
    if !parser.parse() {
      problem = "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "unread")"
    }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    elements[name, default: 0] += 1
    if let id = attributes["id"] { ids.append(id) }
    if let link = attributes["href"] ?? attributes["src"] { links.append(link) }
    self.attributes.formUnion(attributes.keys)
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  /// Holds that the text is well-formed, runs nothing, and fetches nothing from anywhere.
  func isSafe(_ name: String) {
    #expect(problem == nil, "\(name)")
    #expect(elements["script"] == nil && elements["image"] == nil && elements["link"] == nil)
    #expect(!attributes.contains { $0.hasPrefix("on") }, "\(name): \(attributes)")
    #expect(links.allSatisfy { $0.hasPrefix("#") }, "\(name): \(links)")
    #expect(Set(ids).count == ids.count, "\(name): an id is given twice")
    #expect(Set(links.map { String($0.dropFirst()) }).isSubset(of: ids), "\(name): dead links")
  }
}
