import PolicyDiagnostics
import PolicySource
import PolicyUnits
import Testing

@testable import PolicyEditing

/// A policy in memory with a `⌶` where the cursor is.
struct MarkedPolicy {
  let snapshot: PolicySnapshot
  let place: Place

  static let catalog = """
    currency: USD
    providers:
      house: {base_url: "https://models.example/v1", key_env: HOUSE_KEY}
    models:
      small:
        provider: house
        region: eu
        window: 32k
        max_output: 4k
        tags: [cheap]
        prices: {input: 0.1, output: 0.2, cached_input: 0.05, batch: {input: 0.05, output: 0.1}}
      large:
        provider: house
        region: us
        window: 128k
        max_output: 8k
        prices: {input: 2, output: 8}
      unpriced: {provider: house}
    embedders:
      minilm: {provider: house, prices: {input: 0.02}}

    """

  /// `text` is the policy; other files come by their paths.
  init(_ text: String, files: [String: String] = [:], tests: [String] = []) throws {
    var all = files.merging(["policy.rung": text]) { _, new in new }
    all["catalog.yaml"] = all["catalog.yaml"] ?? Self.catalog
    var marked: (path: String, offset: Int)?
    for (path, text) in all {
      guard let mark = text.firstRange(of: "⌶") else { continue }
      marked = (path, text[..<mark.lowerBound].utf8.count)
      all[path] = text.replacing("⌶", with: "")
    }
    let bytes = all.mapValues { Array($0.utf8) }
    snapshot = PolicySnapshot(path: "policy.rung", tests: tests, today: nil) { bytes[$0] }
    let found = marked ?? ("policy.rung", 0)
    let file = try #require(snapshot.sources.files.first { $0.path == found.path })
    place = Place(file: file.id, offset: found.offset)
  }

  /// What a span covers.
  func text(_ span: Span) -> String { snapshot.sources.text(of: span) }

  /// `policy.rung:3:6 faq`.
  func shown(_ span: Span) -> String {
    guard let file = snapshot.sources[span.file] else { return "?" }
    let location = file.location(of: span.start)
    return "\(file.path):\(location.line):\(location.column) \(text(span))"
  }

  var labels: [String] { snapshot.completions(at: place).map(\.label) }

  var hover: String? { snapshot.hover(at: place)?.markdown }

  var errors: [String] {
    snapshot.diagnostics.filter { $0.severity == .error }.map(\.message)
  }

  func span(of file: String = "policy.rung") -> Span? {
    snapshot.sources.files.first { $0.path == file }?.span
  }
}
