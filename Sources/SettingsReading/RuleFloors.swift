package import PolicyDiagnostics
import PolicyLint

/// Every code a settings file may name, and how low it may be set.
package struct RuleFloors: Sendable {
  package enum Floor: Hashable, Sendable {
    /// Its findings may be hidden.
    case none
    case atLeast(Severity)
  }

  private let floors: [DiagnosticCode: Floor]

  /// - Parameter pages: of every code of every chapter; what is an error there stays one, unless it
  ///   is a lint rule's, which says its own floor.
  package init(pages: some Sequence<DiagnosticPage>) {
    var floors: [DiagnosticCode: Floor] = [:]
    for page in pages {
      if LintRules.codes.contains(page.code.rawValue) {
        floors[page.code] = LintRules.floors[page.code].map(Floor.atLeast) ?? Floor.none
      } else {
        floors[page.code] = page.severity == .error ? .atLeast(.error) : Floor.none
      }
    }
    self.floors = floors
  }

  package subscript(code: DiagnosticCode) -> Floor? { floors[code] }

  /// Sorted.
  var names: [String] { floors.keys.map(\.rawValue).sorted() }
}
