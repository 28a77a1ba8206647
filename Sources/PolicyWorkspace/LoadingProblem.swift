package import PolicyDiagnostics
import PolicySemantics
import PolicySource

/// A file that could not be brought in.
enum LoadingProblem {
  case missing(String)
  case circle(String)
  case importedTwice(String, first: Span)
  case tooMany(limit: Int)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .missing(let path):
      Diagnostic(.missingFile, .error, "there is no readable file `\(path)`", at: span)
    case .circle(let path):
      Diagnostic(
        .importCircle, .error, "`\(path)` is imported by itself", at: span,
        notes: [Note("an import may not lead back to the file that imports it")])
    case .importedTwice(let path, let first):
      Diagnostic(
        .repeatedImport, .warning, "`\(path)` is imported twice", at: span,
        notes: [Note("first imported here", at: first)])
    case .tooMany(let limit):
      Diagnostic(
        .tooManyImports, .error, "a policy may have \(limit) files at most", at: span)
    }
  }
}

extension DiagnosticCode {
  package static let importCircle = DiagnosticCode("import_circle")
  package static let repeatedImport = DiagnosticCode("repeated_import")
  package static let tooManyImports = DiagnosticCode("too_many_imports")
}
