import JSONReading

extension ChatResponse {
  /// The body of an answer: as the provider wrote it, else as the API would.
  package var body: [UInt8] { raw?.bytes ?? written }

  /// The body of an answer under a name of ours, with members set or left out.
  ///
  /// Every other byte is the provider's: fields nobody here knows, spellings of numbers, white space.
  package func body(as name: AnswerName, adding members: [MemberEdit] = []) -> [UInt8] {
    guard let root = raw?.root ?? (try? JSONText(written).root) else { return written }
    return root.edited(name.edits + members)
  }

  /// The event that ends a stream with what the whole answer used, for a caller who asked for it.
  ///
  /// The provider's own event where it sent one, else one of ours. `usage` is what counts where the
  /// provider gave no figures to trust. `members` are added to the chunk, not to its usage.
  package func usageEvent(
    as name: AnswerName, estimated usage: Usage? = nil, adding members: [MemberEdit] = []
  ) -> [UInt8] {
    let edits = name.edits + members
    if self.usage != nil, let root = usageChunk.json?.root, root["usage"]?.kind == .object {
      return EventWriting.event(root.edited(edits + [.set("choices", Array("[]".utf8))]))
    }
    let chunk = ChatChunk(
      id: name.id, model: name.model, created: created, systemFingerprint: systemFingerprint,
      choices: [], usage: self.usage ?? usage)
    guard let text = try? JSONText(chunk.json) else { return EventWriting.event(chunk.json) }
    var all = edits
    if self.usage != nil, let value = raw?.root["usage"] {
      all.append(.set("usage", Array(value.raw)))
    }
    return EventWriting.event(text.root.edited(all))
  }
}
