package import PolicySource

/// How much a finding matters.
///
/// Errors stop a policy from compiling; notes never change an exit code.
package enum Severity: String, Hashable, Sendable, CaseIterable {
  case error, warning, note
}

/// The stable name of one kind of finding, such as `unknown_name`.
///
/// Codes are what suppressions, golden files and `rung rule CODE` speak of, so they are never
/// renamed. Each module declares its own as static members and has a ``DiagnosticPage`` for each.
package struct DiagnosticCode: Hashable, Sendable, RawRepresentable {
  package let rawValue: String

  package init(rawValue: String) { self.rawValue = rawValue }
  package init(_ rawValue: String) { self.rawValue = rawValue }
}

/// A remark that goes with a diagnostic: advice, or another place that matters.
package struct Note: Hashable, Sendable {
  package let message: String
  package let span: Span?

  package init(_ message: String, at span: Span? = nil) {
    self.message = message
    self.span = span
  }
}

/// One replacement of bytes.
///
/// An empty span inserts, an empty replacement deletes.
package struct Edit: Hashable, Sendable {
  package let span: Span
  package let replacement: String

  package init(_ span: Span, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// A change that would cure a diagnostic.
///
/// `isSafe` promises that no decision changes.
package struct FixIt: Hashable, Sendable {
  package let message: String
  package let edits: [Edit]
  package let isSafe: Bool

  package init(_ message: String, edits: [Edit], isSafe: Bool = false) {
    self.message = message
    self.edits = edits
    self.isSafe = isSafe
  }
}

/// One finding about a text a user wrote: what, where, how bad, and what would cure it.
///
/// Messages are one line in lower case without a full stop, user text in backticks, no type names
/// of ours; advice goes into a note or a fix-it.
package struct Diagnostic: Hashable, Sendable {
  package let code: DiagnosticCode
  package var severity: Severity
  package let message: String
  package let span: Span
  package var notes: [Note]
  package var fixIts: [FixIt]
  /// The line holds a secret: whoever shows this finding must not show the source text.
  package var hidesSource: Bool

  package init(
    _ code: DiagnosticCode,
    _ severity: Severity = .error,
    _ message: String,
    at span: Span,
    notes: [Note] = [],
    fixIts: [FixIt] = [],
    hidesSource: Bool = false
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.span = span
    self.notes = notes
    self.fixIts = fixIts
    self.hidesSource = hidesSource
  }
}

extension Sequence<Diagnostic> {
  package var hasErrors: Bool { contains { $0.severity == .error } }
}
