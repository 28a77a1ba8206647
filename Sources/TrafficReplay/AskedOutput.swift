/// The output a request allows, whatever model answers.
struct AskedOutput {
  /// Answers it asks for in one call.
  let choices: Int64
  /// Of all of them together, in tokens.
  let most: Int64

  /// `maxTokens` is of each answer.
  init(maxTokens: Int64?, choices: Int64) {
    self.choices = max(1, choices)
    most = Self.sum(maxTokens, of: self.choices)
  }

  /// What all answers may have together, if each may have so much; no limit stays none.
  func sum(_ tokens: Int64?) -> Int64 { Self.sum(tokens, of: choices) }

  private static func sum(_ tokens: Int64?, of choices: Int64) -> Int64 {
    guard let tokens else { return .max }
    let (sum, overflow) = tokens.multipliedReportingOverflow(by: choices)
    return overflow ? .max : sum
  }
}
