package import RoutingBudgets

/// What a fingerprint stands for: enough to read the policy again years later.
package struct PolicyArchive: Hashable, Sendable {
  /// In hexadecimal, as rows name it.
  package let fingerprint: String
  package let bytes: [UInt8]

  package init(fingerprint: String, bytes: [UInt8]) {
    self.fingerprint = fingerprint
    self.bytes = bytes
  }
}

/// The text of a request and its answer, kept only where a policy asks for it, and only for a time.
///
/// It is not part of the chain, so that it can be removed; the row's fingerprint of the body is.
package struct KeptText: Hashable, Sendable {
  package let request: RequestID
  package let prompt: [UInt8]
  package let answer: [UInt8]?
  /// When it is removed.
  package let expiry: Timestamp

  package init(request: RequestID, prompt: [UInt8], answer: [UInt8]?, expiry: Timestamp) {
    self.request = request
    self.prompt = prompt
    self.answer = answer
    self.expiry = expiry
  }
}
