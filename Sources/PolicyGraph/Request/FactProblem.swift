package import PolicySemantics

/// Why a request does not fit a policy's facts, or is too large to be read: it is refused with it.
package enum FactProblem: Error, Hashable, Sendable {
  /// The fact is required and the request does not have it.
  case missing(DeclaredFact)
  /// The value is not one of the fact's type.
  case outsideType(DeclaredFact, given: GivenFact)
  /// The texts of the messages are larger than a scan may read.
  case textTooLong(bytes: Int, limit: Int)

  /// What the policy says about the fact.
  package struct DeclaredFact: Hashable, Sendable {
    package let id: FactID
    package let name: String
    package let origin: CheckedFact.Origin
    package let type: CheckedFact.FactType
  }
}
