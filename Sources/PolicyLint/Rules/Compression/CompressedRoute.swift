import PolicySemantics
import PolicySource

/// A route that compresses: the line, and what it names.
struct CompressedRoute {
  let index: Int
  let route: CheckedRoute
  let compression: CheckedCompression
  let id: CompressionID
  /// Of the line.
  let span: Span
  /// Whether it is the route's only one.
  let isAlone: Bool

  static func all(in policy: CheckedPolicy) -> [CompressedRoute] {
    policy.routes.enumerated().flatMap { index, route in
      let lines = route.effects.compactMap { effect -> (CompressionID, Span)? in
        guard case .compress(let id, let span) = effect else { return nil }
        return (id, span)
      }
      return lines.map { id, span in
        CompressedRoute(
          index: index, route: route, compression: policy[id], id: id, span: span,
          isAlone: lines.count == 1)
      }
    }
  }
}
