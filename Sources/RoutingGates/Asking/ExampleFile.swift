import JSONReading

/// The lines of a file of examples: texts to be near to, each with its label if it is there to sort by.
///
/// One JSON value a line: a string, or an object with `text` or `answer`, and `label`. Empty lines are
/// passed over.
package struct ExampleFile: Hashable, Sendable {
  package private(set) var texts: [String] = []
  /// For each text, an index into the labels; empty if there are none to sort by.
  package private(set) var labels: [Int] = []

  /// Files are read whole and kept as vectors.
  package static let most = 2_000
  /// In UTF-8 bytes; what embedders read at once.
  package static let longestText = 8_192

  /// Each line has to be labelled with one of `labels`, unless there are none.
  package init(_ file: String, labels: [String] = []) throws(ExampleProblem) {
    var number = 0
    for line in file.split(separator: "\n", omittingEmptySubsequences: false) {
      number += 1
      guard line.contains(where: { !$0.isWhitespace }) else { continue }
      guard let value = try? JSONText(String(line)).root else { throw .notJSON(line: number) }
      guard
        let text = value.string
          ?? ["text", "answer"].lazy.compactMap({ value[named: $0]?.string }).first,
        !text.isEmpty
      else { throw .noText(line: number) }
      guard text.utf8.count <= Self.longestText else { throw .textTooLong(line: number) }
      if !labels.isEmpty {
        let label = value.kind == .object ? value[named: "label"]?.string : nil
        guard let label, let index = labels.firstIndex(of: label) else {
          throw .noLabel(line: number)
        }
        self.labels.append(index)
      }
      texts.append(text)
      guard texts.count <= Self.most else { throw .tooMany }
    }
    if texts.isEmpty { throw .empty }
  }
}

/// Why a file holds no examples.
package enum ExampleProblem: Error, Hashable, Sendable {
  case empty
  case notJSON(line: Int)
  /// No text, and no object with one.
  case noText(line: Int)
  case textTooLong(line: Int)
  /// None of the classifier's labels.
  case noLabel(line: Int)
  case tooMany
  /// The catalog has no embedder to make vectors with.
  case noEmbedder
}
