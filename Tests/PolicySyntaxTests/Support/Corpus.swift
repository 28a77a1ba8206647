import Foundation
import PolicySource
import RoutingTestSupport

/// A file of entries: `==== heading ====`, a policy, `---`, what is expected of it.
///
/// `grammar/corpus` holds trees under headings that start with a production, `Golden/Diagnostics`
/// holds findings.
struct Corpus {
  struct Entry {
    let heading: String
    let source: SourceFile
    let expected: String

    var production: String { String(heading.prefix { $0 != ":" }) }
  }

  static let productions = ["conditions", "declarations", "ladders", "routes", "tests"]

  let url: URL
  let entries: [Entry]

  static let findings = [
    "borrowed", "characters", "conditions", "languages", "literals", "names", "places", "structure",
  ]

  static func productions(_ name: String) throws -> Corpus {
    try Corpus(Checkout.folder.appending(path: "grammar/corpus/\(name).txt"))
  }

  static func findings(_ name: String) throws -> Corpus {
    try Corpus(GoldenFile("Diagnostics/\(name).txt", beside: Checkout.testFile).url)
  }

  private init(_ url: URL) throws {
    self.url = url
    let name = url.lastPathComponent
    let text = try String(contentsOf: url, encoding: .utf8)
    entries = text.split(separator: "==== ", omittingEmptySubsequences: true).map { part in
      let headed = part.split(separator: " ====\n", maxSplits: 1)
      let halves = (headed.last ?? "").split(
        separator: "---\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Entry(
        heading: String(headed.first ?? ""),
        source: SourceFile(path: name, text: String(halves.first ?? "")),
        expected: Self.trimmed(halves.count == 2 ? String(halves[1]) : ""))
    }
  }

  /// Empty where nothing is expected, else with one newline at its end.
  private static func trimmed(_ text: String) -> String {
    let trimmed = text.trimmingCharacters(in: .newlines)
    return trimmed.isEmpty ? "" : trimmed + "\n"
  }

  /// Rewrites the expectations if the environment asks for it.
  func update(_ results: [String]) throws {
    guard ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" else { return }
    let text = zip(entries, results).map { entry, result in
      let source = entry.source.text(of: entry.source.span)
      return "==== \(entry.heading) ====\n\(source)---\n\(result)"
    }
    try text.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
  }
}
