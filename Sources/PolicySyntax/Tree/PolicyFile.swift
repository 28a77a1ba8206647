package import PolicySource

/// A parsed policy file: what the grammar's `policy` production holds.
///
/// A tree is typed and thin; the tokens beside it (`TokenStream`) keep every byte. Where the text was
/// wrong, a part may be missing from the tree, never from the tokens.
package struct PolicyFile: Sendable {
  package let source: SourceFile
  /// `rung 1`, or nil if it is missing.
  package let version: LanguageVersion?
  package let declarations: [Declaration]
  package let tokens: TokenStream
}

package struct LanguageVersion: Sendable {
  package let number: Int
  package let span: Span
}

/// A word where the grammar asks for NAME or WORD.
package struct Name: Hashable, Sendable {
  package let text: String
  package let span: Span

  package init(_ text: String, at span: Span) {
    self.text = text
    self.span = span
  }
}

/// A string after its escapes were read.
package struct StringLiteral: Hashable, Sendable {
  package let value: String
  /// The whole literal, quotes included.
  package let span: Span
}

/// The pattern between the slashes, `\/` already turned into `/`.
package struct RegexLiteral: Hashable, Sendable {
  package let pattern: String
  package let span: Span
}

/// `@allow(NAME, reason: "…", until: DATE)`.
package struct Allow: Sendable {
  package let code: Name
  package let reason: StringLiteral?
  package let until: Value?
  package let span: Span
}

package struct Declaration: Sendable {
  /// The `##` comment above it, without the marks; nil if there is none.
  package let documentation: String?
  package let allows: [Allow]
  package let content: Content
  /// From the keyword to the end, without `@allow` and comments.
  package let span: Span
  /// The keyword that opens it.
  package let keyword: Span

  package enum Content: Sendable {
    case catalog(StringLiteral)
    case zone(StringLiteral)
    case importing(StringLiteral)
    case condition(ConditionDeclaration)
    case facts([FactDeclaration])
    case classifier(ClassifierDeclaration)
    case points(PointsDeclaration)
    case task(TaskDeclaration)
    case budget(BudgetDeclaration)
    case gate(GateDeclaration)
    case ladder(LadderDeclaration)
    case compression(CompressionDeclaration)
    case guarding(GuardDeclaration)
    case route(RouteDeclaration)
    case test(TestDeclaration)
    case always(AlwaysDeclaration)
  }
}
