import PolicySource

/// One side of what a policy does with a request, compared by itself.
package enum Aspect: String, Hashable, Sendable, CaseIterable {
  /// Refused, or served.
  case refusal
  /// The model whose answer is asked for first.
  case first
  /// How a split divides its callers.
  case split
  /// Tiers with their options and bounds.
  case ladder
  /// What each tier's answer has to pass.
  case gates
  case fallback
  case cache
  case compression
  /// `set` and `default`.
  case parameters
  /// `prepend`, `append` and `replace`.
  case system
  /// A guard takes the tools out.
  case tools
  case batch
  /// Early `stop`.
  case stop
  case stick
  case shadow
  /// Providers and regions the text can reach, after guards.
  case place
  /// The budgets and limits that bind it.
  case budgets
  /// A classifier has to answer before the route is known.
  case classifiers
  case price
  /// Window, longest output and abilities of the models.
  case models
}

/// One aspect as one policy has it.
package struct AspectText: Hashable, Sendable {
  /// What is compared: names of routes, ladders and gates do not count.
  package let content: String
  /// What is shown, in the policy's own names.
  package let shown: String

  init(_ content: String, shown: String? = nil) {
    self.content = content
    self.shown = shown ?? content
  }

  /// The content, in which another spelling of a text is another text.
  var exactContent: ExactText { ExactText(content) }
}

/// An aspect that differs, before and after; nil where a policy says nothing of it.
package struct AspectChange: Hashable, Sendable {
  package let aspect: Aspect
  package let old: String?
  package let new: String?
}
