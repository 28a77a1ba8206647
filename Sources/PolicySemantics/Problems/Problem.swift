import PolicyDiagnostics
import PolicySource

/// A mistake as facts; the file beside each conforming type gives it words.
protocol Problem {
  func diagnostic(at span: Span) -> Diagnostic
}

/// What the checker has found so far, in the order it looked.
struct Report {
  private(set) var diagnostics: [Diagnostic] = []
  private var suggestionsLeft = 200

  mutating func add(_ problem: some Problem, at span: Span) {
    diagnostics.append(problem.diagnostic(at: span))
  }

  var offersNearNames: Bool { suggestionsLeft > 0 }

  /// The near name to offer.
  ///
  /// After 200 unknown names none is looked for, so that a file of nonsense stays cheap.
  mutating func nearName(_ word: String, among candidates: some Sequence<String>) -> String? {
    guard offersNearNames else { return nil }
    suggestionsLeft -= 1
    return NearName.of(word, among: candidates)
  }

  /// Takes out what stands at these indices.
  mutating func remove(at places: Set<Int>) {
    guard !places.isEmpty else { return }
    diagnostics = diagnostics.indices.filter { !places.contains($0) }.map { diagnostics[$0] }
  }
}

extension String {
  /// In the marks that set user text apart in a message.
  var quoted: String { "`\(self)`" }

  /// The word with the article it takes.
  var withArticle: String {
    guard let first else { return self }
    return ("aeiou".contains(first) ? "an " : "a ") + self
  }
}

extension Sequence<String> {
  /// `a`, `b` and `c`; past `limit` the rest is counted.
  func listed(limit: Int = 12, joint: String = "and") -> String {
    let all = map(\.quoted)
    guard all.count > 1 else { return all.first ?? "none" }
    guard all.count <= limit else {
      return all.prefix(limit).joined(separator: ", ") + " \(joint) \(all.count - limit) more"
    }
    return all.dropLast().joined(separator: ", ") + " \(joint) " + all[all.count - 1]
  }
}
