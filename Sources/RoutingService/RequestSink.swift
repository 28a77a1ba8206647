package import RoutingCalls

/// Where the answer to a request goes as it comes, with what was decided before it begins.
package protocol RequestSink: AnswerSink {
  /// What the calls that follow were decided by; the last word before ``AnswerSink/begin(_:)`` counts.
  func decided(_ request: DecidedRequest, cache: CacheUse)
  /// What became of the request's context, in a few words; nil where no compression applied.
  func compressed(_ words: String?)
}

extension RequestSink {
  package func compressed(_ words: String?) {}
}
