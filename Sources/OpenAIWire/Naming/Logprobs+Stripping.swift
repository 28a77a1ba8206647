import JSONReading

// A gate may have asked how sure the model was of its tokens; a caller who did not is not told.
extension ChatResponse {
  /// Takes the probabilities of tokens out, every other byte as the provider wrote it.
  package mutating func stripLogprobs() {
    for index in choices.indices { choices[index].logprobs = [] }
    if let raw { self.raw = raw.root.withoutLogprobs }
  }
}

extension ChatChunk {
  /// Takes the probabilities of tokens out, every other byte as the provider wrote it.
  package mutating func stripLogprobs() {
    for index in choices.indices { choices[index].logprobs = [] }
    if let json = raw.json { raw = AsWritten(json.root.withoutLogprobs) }
  }
}

extension JSONValue {
  /// The object with null for the `logprobs` of each of its choices; nil if that is no JSON.
  fileprivate var withoutLogprobs: JSONText? {
    guard let choices = self["choices"] else { return try? JSONText(Array(raw)) }
    var list: [UInt8] = [UInt8(ascii: "[")]
    for choice in choices.elements {
      if list.count > 1 { list.append(UInt8(ascii: ",")) }
      let hasAny = choice["logprobs"] != nil
      list += choice.edited(hasAny ? [.set("logprobs", Array("null".utf8))] : [])
    }
    list.append(UInt8(ascii: "]"))
    return try? JSONText(edited([.set("choices", list)]))
  }
}
