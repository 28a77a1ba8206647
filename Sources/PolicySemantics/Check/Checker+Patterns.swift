import PolicySource
import PolicySyntax

extension Checker {
  /// Whether the pattern can be read.
  mutating func isSound(_ regex: RegexLiteral) -> Bool {
    guard !regex.pattern.isEmpty else {
      add(ValueProblem.emptyText("the pattern"), at: regex.span)
      return false
    }
    return true
  }
}
