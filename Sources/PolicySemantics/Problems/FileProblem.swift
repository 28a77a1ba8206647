import PolicyDiagnostics
import PolicySource

/// A part that a file lacks, has twice, or may not have.
enum FileProblem: Problem {
  case missingCatalog
  case repeatedDeclaration(String, first: Span)
  case missingOtherwise
  case missingTaskOtherwise(insertAt: Span)
  case afterOtherwise(String, otherwise: Span)
  case notImportable(String)
  case notATest
  case missingFile(String)
  case emptyDeclaration(String, needs: String)

  func diagnostic(at span: Span) -> Diagnostic {
    switch self {
    case .missingCatalog:
      Diagnostic(
        .missingCatalog, .error, "the policy names no catalog", at: span,
        notes: [Note("write `catalog \"catalog.yaml\"` below `rung 1`")])
    case .repeatedDeclaration(let what, let first):
      Diagnostic(
        .repeatedPart, .error, "\(what.quoted) is written twice", at: span,
        notes: [Note("first written here", at: first)])
    case .missingOtherwise:
      Diagnostic(
        .missingOtherwise, .error, "the policy does not say what happens otherwise", at: span,
        notes: [Note("end it with `otherwise { use MODEL }`")])
    case .missingTaskOtherwise(let end):
      Diagnostic(
        .missingOtherwise, .error, "a request may fit no task", at: span,
        notes: [Note("a fact is never missing: end the tasks with one that takes the rest")],
        fixIts: [FixIt("add a last task", edits: [Edit(end, "\ntask other otherwise")])])
    case .afterOtherwise(let what, let otherwise):
      Diagnostic(
        .otherwiseNotLast, .error, "\(what) can never be reached after `otherwise`", at: span,
        notes: [Note("`otherwise` takes every request that comes to it", at: otherwise)])
    case .notImportable(let what):
      Diagnostic(
        .notImportable, .error, "an import cannot have \(what.quoted)", at: span,
        notes: [Note("imports bring declarations; order is decided in the policy itself")])
    case .notATest:
      Diagnostic(
        .notATest, .error, "a file of tests holds `test` and `always` blocks only", at: span,
        notes: [Note("what decides requests stands in the policy itself, or in an import")])
    case .missingFile(let path):
      Diagnostic(.missingFile, .error, "there is no readable file \(path.quoted)", at: span)
    case .emptyDeclaration(let what, let needs):
      Diagnostic(
        .emptyDeclaration, .error, "\(what.quoted) is empty", at: span,
        notes: [Note("it needs \(needs)")])
    }
  }
}
