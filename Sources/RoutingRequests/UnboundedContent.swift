package import OpenAIWire

/// What a request has that no figure would cover: it is refused, because a bound must not be half a
/// bound.
package enum UnboundedContent: Error, Hashable, Sendable {
  /// A kind of content that has no tariff.
  case media(kind: String)
  /// A field that makes a call cost more than its tokens at the catalog's prices.
  case pricedField(String)

  /// Nil if every call of the request can be bounded.
  package init?(_ request: ChatRequest) {
    for message in request.messages {
      for part in message.media where part.kind != .image {
        self = .media(kind: part.kind.rawValue)
        return
      }
    }
    guard let field = request.pricedField else { return nil }
    self = .pricedField(field)
  }
}

extension UnboundedContent: CustomStringConvertible {
  /// One line that names the place and the cure.
  package var description: String {
    switch self {
    case .media(let kind):
      "`\(kind)` parts have no tariff; this version bounds texts and refuses the rest"
    case .pricedField(let field):
      "`\(field)` changes what a call costs in a way no catalog says: leave it out"
    }
  }
}
