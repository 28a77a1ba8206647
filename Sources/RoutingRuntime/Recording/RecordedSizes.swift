import PolicyGraph
package import PolicySemantics
package import TokenEstimates

/// How long a request's texts were, as planning would have measured them.
package final class RecordedSizes: Sendable {
  package let messages: Int64
  /// Bytes billed beside the texts.
  package let definitions: Int64
  package let hasTools: Bool
  /// Every family of tokenizers the catalog has.
  package let families: [TokenizerFamily]
  package let system: Part
  package let question: Part
  package let context: Part

  /// One part of a request's texts.
  package struct Part: Hashable, Sendable {
    /// In UTF-8.
    package var bytes: Int64 = 0
    /// By family, without what is around the texts.
    package var tokens: [TokenEstimate]
  }

  init(
    messages: Int64, definitions: Int64, hasTools: Bool, families: [TokenizerFamily],
    system: Part, question: Part, context: Part
  ) {
    self.messages = messages
    self.definitions = definitions
    self.hasTools = hasTools
    self.families = families
    self.system = system
    self.question = question
    self.context = context
  }

  /// Measures a request for each of the families: O(bytes + messages × families).
  convenience init(_ input: borrowing RequestInput, families: [TokenizerFamily]) {
    var (system, question, context) = (Part(of: families), Part(of: families), Part(of: families))
    let asked = input.messages.lastIndex { $0.role == .user }
    for index in input.messages.indices {
      let counts = TextCounts(input.messages[index].text.utf8.span)
      switch input.messages[index].role {
      case .system, .developer: system.add(counts, families)
      case .user, .assistant, .tool:
        if index == asked {
          question.add(counts, families)
        } else {
          context.add(counts, families)
        }
      }
    }
    self.init(
      messages: Int64(input.messages.count), definitions: max(0, input.schemaBytes),
      hasTools: input.hasTools, families: families, system: system, question: question,
      context: context)
  }

  func bytes(of part: TextPart) -> Int64 {
    switch part {
    case .system: system.bytes
    case .question: question.bytes
    case .context: context.bytes
    case .prompt:
      Saturated.sum(system.bytes, Saturated.sum(question.bytes, context.bytes))
    }
  }

  /// Adds the texts to what is around them; nothing for a family the catalog does not have.
  func add(to parts: inout InputParts, _ family: TokenizerFamily) {
    guard let place = families.firstIndex(of: family) else { return }
    parts.system = system.tokens[place]
    parts.question = question.tokens[place]
    parts.context = context.tokens[place]
  }
}

extension RecordedSizes.Part {
  /// Of no text.
  fileprivate init(of families: [TokenizerFamily]) { tokens = families.map { _ in .zero } }

  fileprivate mutating func add(_ counts: TextCounts, _ families: [TokenizerFamily]) {
    bytes += counts.bytes
    for place in families.indices {
      tokens[place] += TokenEstimate(counts, family: TokenFamily(families[place]))
    }
  }
}
