import OpenAIWire
import TokenEstimates

/// How much a model has written, by each of its texts: enough to estimate what it used, without the
/// texts.
///
/// An answer whole and the same answer in chunks have the same tally. Its size is that of the number of
/// choices and of tools they call.
struct AnswerTally: Hashable, Sendable {
  private enum Text: Hashable {
    case content, refusal, reasoning
    case tool(Int)
    case arguments(Int)
  }

  private struct Place: Hashable {
    let choice: Int
    let text: Text
  }

  private var counts: [Place: RunningTextCounts] = [:]

  init() {}

  init(_ response: ChatResponse) {
    for choice in response.choices {
      add(choice.text, to: .content, of: choice.index)
      add(choice.refusal, to: .refusal, of: choice.index)
      add(choice.reasoning, to: .reasoning, of: choice.index)
      for (place, call) in choice.toolCalls.enumerated() {
        add(call.name, to: .tool(place), of: choice.index)
        add(call.arguments, to: .arguments(place), of: choice.index)
      }
    }
  }

  mutating func add(_ chunk: ChatChunk) {
    for delta in chunk.choices {
      add(delta.text, to: .content, of: delta.index)
      add(delta.refusal, to: .refusal, of: delta.index)
      add(delta.reasoning, to: .reasoning, of: delta.index)
      for call in delta.toolCalls {
        // The first name counts, as it does in the answer.
        let name = Place(choice: delta.index, text: .tool(call.index))
        if counts[name] == nil { add(call.name, to: .tool(call.index), of: delta.index) }
        add(call.arguments, to: .arguments(call.index), of: delta.index)
      }
    }
  }

  private mutating func add(_ piece: String?, to text: Text, of choice: Int) {
    guard let piece, !piece.isEmpty else { return }
    counts[Place(choice: choice, text: text), default: RunningTextCounts()].add(piece.utf8.span)
  }

  /// Whether the first choice has content.
  var hasText: Bool { counts[Place(choice: 0, text: .content)] != nil }

  /// Of everything that was written.
  var bytes: Int64 { counts.values.reduce(0) { $0 + $1.counts.bytes } }

  /// What it takes to write that: the answers, and the thoughts before them.
  func estimate(_ family: TokenFamily) -> (output: TokenEstimate, reasoning: TokenEstimate) {
    var output = TokenEstimate.zero
    var reasoning = TokenEstimate.zero
    for (place, counts) in counts {
      let estimate = TokenEstimate(counts.counts, family: family)
      if place.text == .reasoning { reasoning += estimate } else { output += estimate }
    }
    return (output, reasoning)
  }
}
