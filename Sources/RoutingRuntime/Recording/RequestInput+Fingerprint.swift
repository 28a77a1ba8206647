package import PolicyGraph
import PolicySource

extension RequestInput {
  /// Tells whether somebody changed the prompt: of all `system` and `developer` messages as the caller
  /// sent them; nil if there are none.
  ///
  /// 32 hexadecimal digits of SipHash-2-4-128 under the key `rung stable hash`, over the messages in
  /// order, each as its role and then its text, each of these as its length in UTF-8 bytes (8 bytes,
  /// lowest first) and its bytes. The text of a message in parts is its text parts joined by a
  /// newline. What a route adds in front is not in it: that is the policy's, and in its fingerprint.
  ///
  /// O(bytes of these messages).
  package var systemPromptFingerprint: String? {
    var hash = StableHash()
    var isAny = false
    for message in messages {
      switch message.role {
      case .system, .developer:
        hash.combine(message.role.rawValue)
        hash.combine(message.text)
        isAny = true
      case .user, .assistant, .tool: break
      }
    }
    return isAny ? hash.digest.hex : nil
  }
}
