import JSONReading

extension ChatChunk {
  /// The chunk as an event of a stream under a name of ours; empty if it says nothing but usage.
  ///
  /// What a stream used is told once, at its end, after the answer's row: `tellsUsage` says whether
  /// the caller asked for it, and so whether a chunk has a `usage` member, which is null until then.
  /// Every other byte is the provider's.
  package func event(as name: AnswerName, tellsUsage: Bool) -> [UInt8] {
    guard !saysOnlyUsage else { return [] }
    guard let root = raw.json?.root ?? (try? JSONText(json).root) else { return [] }
    var edits = name.edits
    if !tellsUsage {
      edits.append(.drop("usage"))
    } else if usage != nil || usageProblem != nil || root["usage"] == nil {
      edits.append(.set("usage", Array("null".utf8)))
    }
    return EventWriting.event(root.edited(edits))
  }

  /// Whether the chunk brings no part of an answer.
  package var saysOnlyUsage: Bool { choices.isEmpty && (usage != nil || usageProblem != nil) }

  /// The last event of a stream that ended as it should.
  package static let doneEvent = Array("data: [DONE]\n\n".utf8)
}
