import PolicySource

/// The score a model gives when it is asked to judge an answer.
///
/// A call is a judge's if it speaks of a score or rating from 0 to 1. The answer judged is what
/// follows `Answer:` in the prompt. Refusals and answers under 20 characters score below 0.4, all
/// others from 0.85 to 0.99, both by a hash of the prompt.
struct JudgeAnswer {
  private let call: ChatCall

  init(_ call: ChatCall) { self.call = call }

  /// Nil if no score is asked for.
  var text: String? {
    let all = call.messages.map(\.text).joined(separator: "\n")
    let lowered = all.lowercased()
    let speaksOfScore = ["score", "rate ", "rating"].contains { lowered.contains($0) }
    let speaksOfRange = ["0 to 1", "0 and 1", "0.0 to 1.0", "0.0 and 1.0", "0 … 1", "0-1"]
      .contains { lowered.contains($0) }
    guard speaksOfScore, speaksOfRange else { return nil }
    let luck = StableHash.digest(ofFields: ["score", all]).millionth
    let hundredths =
      Self.isPoor(judged(in: all)) ? 5 + luck * 30 / 1_000_000 : 85 + luck * 15 / 1_000_000
    let score = hundredths < 10 ? "0.0\(hundredths)" : "0.\(hundredths)"
    switch call.format {
    case .text: return score
    case .json, .schema: return "{\"score\": \(score)}"
    }
  }

  /// What follows the last `Answer:`, or the whole question.
  private func judged(in text: String) -> Substring {
    for mark in ["Answer:", "ANSWER:", "answer:"] {
      if let place = text.ranges(of: mark).last { return text[place.upperBound...] }
    }
    return call.question[...]
  }

  private static func isPoor(_ answer: Substring) -> Bool {
    let lowered = answer.lowercased()
    let refusals = ["i'm sorry", "i can't", "i cannot", "as an ai", "not sure"]
    return answer.count { !$0.isWhitespace } < 20 || refusals.contains { lowered.contains($0) }
  }
}
