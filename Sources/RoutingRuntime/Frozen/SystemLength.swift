import PolicyGraph
package import PolicySemantics
import PolicySyntax
import TokenEstimates

/// What the route's `prepend`, `append` and `replace` do to the length of the system text.
package struct SystemLength: Sendable {
  /// The caller's own system text is gone.
  package private(set) var replaces = false
  private var added: [TokenEstimate] = []

  init(_ shapes: [ShapeRule]) {
    var texts: [String] = []
    for shape in shapes {
      switch shape.kind {
      case .set, .byDefault: continue
      case .system(.replace, let text):
        replaces = true
        texts = [text]
      case .system(.prepend, let text), .system(.append, let text): texts.append(text)
      }
    }
    guard !texts.isEmpty else { return }
    added = TokenizerFamily.allCases.map { family in
      let family = TokenFamily(family)
      // A text that finds no system message becomes one.
      var sum = TokenEstimate(messages: texts.count, family: family)
      (sum.low, sum.expected) = (0, 0)
      for text in texts {
        sum += TokenEstimate(text: "\n\n\(text)".utf8.span, family: family)
      }
      return sum
    }
  }

  /// A request's parts after the change.
  package func applied(to parts: InputParts, _ family: TokenizerFamily) -> InputParts {
    // First, as most routes leave the system text alone and `allCases` makes an array.
    if added.isEmpty { return parts }
    guard let place = TokenizerFamily.allCases.firstIndex(of: family) else { return parts }
    var parts = parts
    parts.system = replaces ? added[place] : parts.system + added[place]
    return parts
  }
}
