import PolicyDiagnostics
import PolicySource

/// A name that is not what its place needs.
enum NameProblem: Problem {
  case unknown(NameKind, String, near: String?)
  /// What a condition on a request asks about.
  case unknownSubject(String, near: String?)
  /// One more value of what was tested before, and the test of it.
  case valueAlone(String, of: String, test: String)
  /// A function or a method of another language, and how the same is said here.
  case called(String, instead: String, edit: Edit)
  /// What a test says of a decision, and how that is said.
  case unknownDecision(String, advice: String)
  case unknownField(String, of: String, near: String?)
  case unknownValue(String, of: String, near: String?, choices: [String])
  /// The catalog has it, and keeps it back.
  case setAside(SetAsideModel)
  case duplicate(String, first: Span)
  case taken(String, as: String)
  case unused(NameKind, String)
  case wrongKind(String, is: NameKind, wanted: String)
  case wrongPlace(String, belongsTo: String, here: String)
  /// The names on the way, the first again at the end.
  case cycle([String])
}
