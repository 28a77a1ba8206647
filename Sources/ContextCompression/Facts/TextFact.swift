/// A span of a text that means something else as soon as a byte of it changes.
package struct TextFact: Hashable, Sendable {
  package let kind: Kind
  /// As it stands there, runs of white space as one blank.
  package let text: String

  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// With the unit behind it: `25 kg`, `€9.50`, `80%`.
    case number
    case date
    /// `SKU-1204`, `order_id`, `#support`, `{name}`.
    case identifier
    case name
    /// Addresses of pages and of mail.
    case url
    case quote, code
    /// A sentence that says what is not, by its words.
    case negation
    /// A word or a number with what bounds or directs it: `above 50 EUR`, `only members`, `may pay`.
    case sense
  }
}

extension TextFact {
  /// The facts of a text, in order, each once; negations are sentences and not among them.
  ///
  /// Linear in the text.
  package static func all(in text: String) -> [TextFact] {
    var seen: Set<TextFact> = []
    return FactReader.facts(in: text).filter { seen.insert($0).inserted }
  }
}

/// What stands in one text and not in another.
package struct FactLoss: Hashable, Sendable {
  /// Facts of the first that are gone or altered in the second, in order.
  package let lost: [TextFact]
  /// Facts of the second that the first does not have.
  package let added: [TextFact]

  /// Quadratic in the sentences that say no, else linear but for looking facts up.
  package init(from original: String, to candidate: String) {
    lost = Self.missing(of: original, in: candidate)
    added = Self.missing(of: candidate, in: original)
  }

  private static func missing(of one: String, in other: String) -> [TextFact] {
    let place = FactPlace(other)
    var facts = TextFact.all(in: one).filter { !place.holds($0) }
    let (mine, others) = (TextSentence.all(in: one), TextSentence.all(in: other))
    for sentence in mine where sentence.saysNo {
      guard !others.contains(where: { $0.saysNo && $0.isAbout(sentence) }) else { continue }
      facts.append(TextFact(kind: .negation, text: sentence.text))
    }
    let spans = SenseLoss.spans(of: one, in: other)
    // A number that is gone is named once.
    return facts
      + spans.filter { span in !facts.contains { $0.text == span.text } }
  }
}
