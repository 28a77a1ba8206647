package import OpenAIWire

/// What a request has that no figure would cover: it is refused, because a bound must not be half a
/// bound.
package enum UnboundedContent: Error, Hashable, Sendable {
  /// A kind of content that has no tariff.
  case media(kind: String)
  /// A field that makes a call cost more than its tokens at the catalog's prices.
  case pricedField(String)
  /// A field by which somebody else than the policy would choose who answers.
  case routingField(String)

  /// Nil if every call of the request can be bounded.
  package init?(_ request: ChatRequest) {
    for message in request.messages {
      for part in message.media where part.kind != .image {
        self = .media(kind: part.kind.rawValue)
        return
      }
    }
    if let field = request.routingField {
      self = .routingField(field)
    } else if let field = request.pricedField {
      self = .pricedField(field)
    } else {
      return nil
    }
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
    case .routingField(let field):
      "`\(field)` chooses who answers or where, which is the policy's to say: leave it out"
    }
  }
}
