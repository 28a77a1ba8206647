import RoutingCalls

extension CallRecord {
  /// Why there was no answer, for a caller.
  ///
  /// The provider's own words, and of ours what names neither an address of this house nor a variable that
  /// holds a key: the log has those.
  var told: String? {
    switch cause {
    case .unreachable: "it cannot be reached"
    case .unsent: "the call could not be made"
    case .provider, .silent, .broken, .held, nil: problem
    }
  }

  /// Our own words for a call that failed without an answer; nil where they may be anybody else's.
  var inward: String? {
    switch cause {
    case .unreachable, .unsent, .silent, .broken: problem
    case .provider, .held, nil: nil
    }
  }
}
