import OpenAIWire
import RoutingRuntime

/// Ends an answer of one choice where a `stop` of its route says so.
///
/// An answer of several choices, or one that calls tools, goes on to its own end.
struct EarlyStop {
  private var watch: (any AnswerWatching)?
  /// The bytes of the first choice's text that belong to the answer so far.
  private var kept = 0

  init(_ watch: (any AnswerWatching)?) { self.watch = watch }

  /// The chunks up to the end it sets, with a proper end of their own; nil while the answer goes on.
  mutating func end(in chunks: [ChatChunk]) -> [ChatChunk]? {
    guard watch != nil else { return nil }
    for (place, chunk) in chunks.enumerated() {
      guard chunk.choices.allSatisfy({ $0.index == 0 && $0.toolCalls.isEmpty }) else {
        watch = nil
        return nil
      }
      guard let text = chunk.choices.first?.text, !text.isEmpty else { continue }
      guard let count = watch?.end(in: text) else {
        kept += text.utf8.count
        continue
      }
      kept += count
      watch = nil
      // An answer that has come to its own end there, the same to its caller, has its figures too.
      if count == text.utf8.count, chunks[place...].endByThemselves { return nil }
      return Array(chunks[..<place]) + [chunk.cut(to: count), chunk.ending]
    }
    return nil
  }

  /// The answer up to that end; it holds its texts.
  func cut(_ answer: ReadAnswer) -> ReadAnswer {
    var response = answer.response
    guard !response.choices.isEmpty else { return answer }
    response.raw = nil
    response.choices[0].text = response.choices[0].text.first(bytes: kept)
    response.choices[0].finish = .stop
    return ReadAnswer(response: response, status: answer.status)
  }
}

extension ArraySlice<ChatChunk> {
  /// Whether the answer stops after the first of them, by itself and with nothing more in it.
  fileprivate var endByThemselves: Bool {
    dropFirst().allSatisfy { chunk in
      chunk.choices.allSatisfy { $0.index == 0 && $0.text ?? "" == "" && $0.toolCalls.isEmpty }
    } && contains { $0.choices.contains { $0.finish == .stop } }
  }
}

extension ChatChunk {
  /// The same as its provider wrote it if nothing is cut; else of ours, without what was known of each
  /// token.
  fileprivate func cut(to count: Int) -> ChatChunk {
    guard let delta = choices.first, let text = delta.text,
      count < text.utf8.count || delta.finish != nil
    else { return self }
    return made(
      of: Delta(
        role: delta.role, text: text.first(bytes: count), refusal: delta.refusal,
        reasoning: delta.reasoning))
  }

  fileprivate var ending: ChatChunk { made(of: Delta(finish: .stop)) }

  private func made(of delta: Delta) -> ChatChunk {
    ChatChunk(
      id: id, model: model, created: created, systemFingerprint: systemFingerprint,
      choices: [delta])
  }
}

extension String {
  /// Its first bytes; whole characters only.
  fileprivate func first(bytes count: Int) -> String {
    String(decoding: utf8.prefix(count), as: UTF8.self)
  }
}
