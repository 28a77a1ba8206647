package import PolicySemantics

/// The four texts of a request, each put together when it is first read.
///
/// This is the one place that says what they are:
/// - `prompt`: every message's text in order;
/// - `system`: the texts of `system` and `developer` messages in order;
/// - `question`: the text of the last `user` message, empty if there is none;
/// - `context`: every other message's text in order.
///
/// Texts are joined by a blank line (`"\n\n"`); messages without text leave no trace. `turn` counts
/// the user messages and `messages` counts all, with or without text.
package struct RequestTexts: Sendable {
  package let messages: [RequestInput.Message]
  private var composed: [[UInt8]?] = []

  package init(_ messages: [RequestInput.Message]) { self.messages = messages }

  /// The UTF-8 bytes of a text.
  package mutating func bytes(of part: TextPart) -> [UInt8] {
    let place = TextScans.place(of: part)
    if composed.isEmpty { composed = [nil, nil, nil, nil] }
    if let bytes = composed[place] { return bytes }
    let bytes = compose(part)
    composed[place] = bytes
    return bytes
  }

  /// The UTF-8 bytes of all messages' texts and the joints between them.
  var byteCount: Int {
    var count = 0
    for message in messages { count += message.text.utf8.count + 2 }
    return count
  }

  var turn: Int {
    var count = 0
    for message in messages where message.role == .user { count += 1 }
    return count
  }

  private func compose(_ part: TextPart) -> [UInt8] {
    let question = messages.lastIndex { $0.role == .user }
    var bytes: [UInt8] = []
    for index in messages.indices
    where part.holds(messages[index].role, isQuestion: index == question) {
      let text = messages[index].text.utf8
      if text.isEmpty { continue }
      if bytes.isEmpty {
        bytes.reserveCapacity(text.count)
      } else {
        bytes += [0x0a, 0x0a]
      }
      bytes += text
    }
    return bytes
  }
}
