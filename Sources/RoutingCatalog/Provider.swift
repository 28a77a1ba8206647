package import PolicyUnits

/// One endpoint that speaks the OpenAI protocol.
package struct Provider: Hashable, Sendable {
  package let name: String
  /// `http` or `https`, with a host, without a trailing slash, query or credentials.
  package let baseURL: String
  /// The name of the environment variable that holds the key; nil where none is needed.
  package let keyVariable: String?
  package let timeouts: ProviderTimeouts
  package let usage: UsageConventions
  package let billsCancelled: BillsCancelled

  package init(
    name: String,
    baseURL: String,
    keyVariable: String? = nil,
    timeouts: ProviderTimeouts = ProviderTimeouts(),
    usage: UsageConventions = UsageConventions(),
    billsCancelled: BillsCancelled = .unknown
  ) {
    self.name = name
    self.baseURL = baseURL
    self.keyVariable = keyVariable
    self.timeouts = timeouts
    self.usage = usage
    self.billsCancelled = billsCancelled
  }
}

/// How long a call may take, from its start, and how long a stream may be silent once it has begun;
/// nil where the catalog does not say.
package struct ProviderTimeouts: Hashable, Sendable {
  package var connect: Milliseconds?
  package var firstByte: Milliseconds?
  package var whole: Milliseconds?
  package var silence: Milliseconds?

  package init(
    connect: Milliseconds? = nil, firstByte: Milliseconds? = nil, whole: Milliseconds? = nil,
    silence: Milliseconds? = nil
  ) {
    self.silence = silence
    self.connect = connect
    self.firstByte = firstByte
    self.whole = whole
  }
}

/// What a provider's usage figures include; nil where the catalog does not say.
package struct UsageConventions: Hashable, Sendable {
  /// Whether cached tokens are part of `prompt_tokens`.
  package var cachedTokens: Inclusion?
  /// Whether reasoning tokens are part of `completion_tokens`.
  package var reasoningTokens: Inclusion?

  package init(cachedTokens: Inclusion? = nil, reasoningTokens: Inclusion? = nil) {
    self.cachedTokens = cachedTokens
    self.reasoningTokens = reasoningTokens
  }

  package enum Inclusion: String, Hashable, Sendable, CaseIterable {
    case inside, outside
  }
}

/// Whether a provider bills an answer whose caller hung up.
package enum BillsCancelled: String, Hashable, Sendable, CaseIterable {
  case yes, no, unknown
}
