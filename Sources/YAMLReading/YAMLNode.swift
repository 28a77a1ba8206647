package import PolicySource

/// A piece of a YAML file as it stands there: what it is, and which bytes wrote it.
///
/// Scalars are never typed here. `no`, `1e3`, `0x10` and `~` stay the text they are, and the reader
/// that knows what it wants decides. The exact source text is `file.text(of: node.span)`.
package struct YAMLNode: Sendable {
  package let content: Content
  /// From the first byte of the node to the last byte of its last child.
  ///
  /// Empty where a value is missing.
  package let span: Span
  /// Whether an anchor stands before it, where values may be shared.
  package let isAnchored: Bool

  package init(_ content: Content, at span: Span, isAnchored: Bool = false) {
    self.content = content
    self.span = span
    self.isAnchored = isAnchored
  }

  package enum Content: Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    /// In written order; keys are unique.
    case mapping([YAMLEntry])
    /// Something this reader refuses; a diagnostic has said so, and more words would only repeat it.
    case refused
  }

  package var scalar: YAMLScalar? {
    if case .scalar(let scalar) = content { scalar } else { nil }
  }
}

/// The text of a scalar after quotes, escapes and folds are undone.
package struct YAMLScalar: Hashable, Sendable {
  package let text: String
  package let style: Style

  package init(text: String, style: Style) {
    self.text = text
    self.style = style
  }

  package enum Style: Hashable, Sendable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  /// Nothing was written, as after `key:` at the end of a line.
  package var isAbsent: Bool { style == .plain && text.isEmpty }
}

/// One `key: value` of a mapping.
package struct YAMLEntry: Sendable {
  package let key: String
  package let keySpan: Span
  package let value: YAMLNode

  package init(key: String, keySpan: Span, value: YAMLNode) {
    self.key = key
    self.keySpan = keySpan
    self.value = value
  }

  package var span: Span { keySpan.union(value.span) }
}
