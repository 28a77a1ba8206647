import PolicyDiagnostics
import PolicySyntax

/// The errors of a policy by how early they are found.
///
/// Less is better, from the first on: a policy that parses at last may show mistakes nobody could see
/// before.
package struct ErrorTally: Comparable, Sendable {
  private let ofSyntax: Int
  private let ofMeaning: Int
  private let ofRules: Int

  init(checked: [Diagnostic], linted: [Diagnostic]) {
    let errors = checked.filter { $0.severity == .error }
    ofSyntax = errors.count { Self.syntaxCodes.contains($0.code) }
    ofMeaning = errors.count - ofSyntax
    ofRules = linted.count { $0.severity == .error }
  }

  package static func < (a: ErrorTally, b: ErrorTally) -> Bool {
    (a.ofSyntax, a.ofMeaning, a.ofRules) < (b.ofSyntax, b.ofMeaning, b.ofRules)
  }

  private static let syntaxCodes = Set(SyntaxPages.all.map(\.code))
}
