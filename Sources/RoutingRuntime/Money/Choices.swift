/// Several answers of one call: each may be billed for the whole prompt and the longest answer.
///
/// Providers differ in whether the prompt counts once or for each; a bound takes the dearer.
enum Choices {
  /// What all of them come to, if each comes to this.
  static func sum(_ tokens: Int64, of choices: Int64) -> Int64 {
    Saturated.product(tokens, max(1, choices))
  }

  /// What is left for each; below zero stays below, and no limit stays none.
  static func share(_ tokens: Int64, of choices: Int64) -> Int64 {
    guard tokens >= 0 else { return tokens }
    return tokens == .max ? .max : tokens / max(1, choices)
  }
}
