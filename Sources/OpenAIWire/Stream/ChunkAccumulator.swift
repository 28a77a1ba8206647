/// Puts chunks together into the answer they stream.
///
/// Without its texts it is of a bounded size, however long the stream: who said what it was, why each
/// choice stopped, which tools were called and what was used.
package struct ChunkAccumulator: Sendable {
  private var response = ChatResponse(choices: [])
  private var places: [Int: Int] = [:]
  private var calls: [[Int: Int]] = []
  private let keepsTexts: Bool

  /// `keepsTexts` is false where nobody will ask what was written.
  package init(keepsTexts: Bool = true) { self.keepsTexts = keepsTexts }

  /// The text of the first choice so far.
  package var text: String {
    places[0].map { response.choices[$0].text } ?? ""
  }

  /// Choices that have begun.
  package var choiceCount: Int { response.choices.count }

  /// True once every choice that has begun has said why it stopped.
  package var isComplete: Bool {
    !response.choices.isEmpty && response.choices.allSatisfy { $0.finish != nil }
  }

  package mutating func add(_ chunk: ChatChunk) {
    response.id = response.id ?? chunk.id.nonEmpty
    response.model = response.model ?? chunk.model.nonEmpty
    response.created = response.created ?? chunk.created
    response.systemFingerprint = chunk.systemFingerprint ?? response.systemFingerprint
    if let usage = chunk.usage {
      response.usage = usage
      response.usageChunk = chunk.raw
      response.usageProblem = nil
    } else if let problem = chunk.usageProblem {
      response.usage = nil
      response.usageProblem = problem
    }
    for delta in chunk.choices { add(delta) }
  }

  /// The whole answer.
  ///
  /// A stream needs no `[DONE]` to be complete, but a reason to have stopped.
  package func finish() throws(WireProblem) -> ChatResponse {
    guard isComplete else { throw .streamCutOff }
    return soFar
  }

  /// What has arrived, complete or not.
  package var soFar: ChatResponse {
    var result = response
    result.choices.sort { $0.index < $1.index }
    return result
  }

  private mutating func add(_ delta: ChatChunk.Delta) {
    let place = place(of: delta.index)
    if let finish = delta.finish { response.choices[place].finish = finish }
    if keepsTexts {
      if let text = delta.text { response.choices[place].text += text }
      if let text = delta.refusal { response.choices[place].refusal.append(text) }
      if let text = delta.reasoning { response.choices[place].reasoning.append(text) }
      response.choices[place].logprobs += delta.logprobs
    }
    for call in delta.toolCalls { add(call, to: place) }
  }

  private mutating func add(_ delta: ChatChunk.ToolCallDelta, to place: Int) {
    if let known = calls[place][delta.index] {
      if keepsTexts { response.choices[place].toolCalls[known].arguments += delta.arguments }
      if let name = delta.name, response.choices[place].toolCalls[known].name.isEmpty {
        response.choices[place].toolCalls[known].name = name
      }
      return
    }
    calls[place][delta.index] = response.choices[place].toolCalls.count
    response.choices[place].toolCalls.append(
      ToolCall(
        id: delta.id, name: delta.name ?? "", arguments: keepsTexts ? delta.arguments : "",
        isCustom: delta.isCustom))
  }

  private mutating func place(of index: Int) -> Int {
    if let known = places[index] { return known }
    places[index] = response.choices.count
    response.choices.append(ChatResponse.Choice(index: index))
    calls.append([:])
    return response.choices.count - 1
  }
}

extension Optional where Wrapped == String {
  fileprivate var nonEmpty: String? { self?.isEmpty == true ? nil : self }

  fileprivate mutating func append(_ text: String) {
    self = (self ?? "") + text
  }
}
