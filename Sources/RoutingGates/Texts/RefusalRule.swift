import PolicyGraph

/// When an answer counts as a refusal.
///
/// An answer is a refusal if its beginning, the first 240 characters without leading white space and
/// marks, says one of the phrases below as whole words, whatever the case and the apostrophe. The
/// phrases are whole statements of not doing ("I can't help with"), never single words: an answer
/// that explains refusals, or says "I cannot recommend this phone enough", is none. What a model
/// says later in an answer it did give is no refusal either.
package enum RefusalRule {
  /// How much of an answer is looked at, in Unicode scalars.
  package static let length = 240

  package static func holds(_ answer: String) -> Bool {
    let words = TextWords.of(answer, first: length)
    return phrases.contains { words.contains($0) }
  }

  /// The same of the beginning of an answer: unknown while what follows may decide it.
  ///
  /// A last word that may still grow does not count.
  static func soFar(_ start: String) -> Truth {
    let scalars = start.unicodeScalars.drop { $0.properties.isWhitespace }
    if scalars.dropFirst(length - 1).first != nil { return holds(start) ? .yes : .no }
    let words = TextWords.of(start, first: length).withoutLast
    return phrases.contains { words.contains($0) } ? .yes : .unknown
  }

  private static let phrases: [TextWords] = table.values.flatMap { $0 }.map { TextWords.of($0) }

  /// By language code.
  package static let table: [String: [String]] = [
    "en": [
      "I can't help with", "I cannot help with", "I can't help you with", "I cannot help you with",
      "I can't assist", "I cannot assist", "I can't provide", "I cannot provide",
      "I can't do that", "I cannot do that", "I can't comply", "I cannot comply",
      "I can't fulfill", "I cannot fulfill", "I can't answer that", "I cannot answer that",
      "I can't create", "I cannot create", "I can't generate", "I cannot generate",
      "I can't discuss", "I cannot discuss", "I can't share", "I cannot share",
      "I'm not able to help", "I am not able to help", "I'm not able to assist",
      "I am not able to assist", "I'm not able to provide", "I am not able to provide",
      "I'm unable to", "I am unable to", "I won't be able to", "I will not be able to",
      "I must decline", "I have to decline", "I decline to", "I refuse to",
      "I can't engage with", "I cannot engage with", "as an AI I cannot", "as an AI I can't",
      "as a language model I cannot", "as an AI language model I cannot",
      "sorry but I can't", "sorry but I cannot", "sorry I can't", "sorry I cannot",
      "against my guidelines", "violates my guidelines",
    ],
    "de": [
      "dabei kann ich nicht helfen", "dabei kann ich Ihnen nicht helfen",
      "dabei kann ich dir nicht helfen", "damit kann ich nicht helfen",
      "kann ich Ihnen nicht helfen", "kann ich dir nicht helfen", "ich kann dabei nicht helfen",
      "ich kann Ihnen dabei nicht helfen", "ich kann dir dabei nicht helfen",
      "ich kann Ihnen nicht helfen", "ich kann dir nicht helfen",
      "ich kann diese Anfrage nicht", "diese Anfrage kann ich nicht", "das kann ich nicht tun",
      "das darf ich nicht", "ich darf diese", "ich muss ablehnen", "ich muss das ablehnen",
      "ich lehne das ab", "ich bin nicht in der Lage", "es ist mir nicht möglich",
      "es ist mir leider nicht möglich", "tut mir leid aber ich kann",
      "es tut mir leid ich kann", "gegen meine Richtlinien",
    ],
    "fr": [
      "je ne peux pas vous aider", "je ne peux pas t'aider", "je ne peux pas aider",
      "je ne peux pas répondre", "je ne peux pas fournir", "je ne peux pas faire cela",
      "je ne peux pas faire ça", "je ne peux pas créer", "je ne peux pas vous fournir",
      "je ne suis pas en mesure", "je suis dans l'incapacité", "il m'est impossible",
      "je dois décliner", "je dois refuser", "je refuse de", "désolé mais je ne peux pas",
      "désolée mais je ne peux pas", "désolé je ne peux pas", "contraire à mes directives",
    ],
    "es": [
      "no puedo ayudarte", "no puedo ayudarle", "no puedo ayudar con", "no puedo proporcionar",
      "no puedo responder", "no puedo hacer eso", "no puedo crear", "no puedo generar",
      "no puedo cumplir", "no puedo asistir", "no estoy en condiciones de", "no me es posible",
      "no soy capaz de", "debo rechazar", "tengo que rechazar", "me niego a",
      "lo siento pero no puedo", "lo siento no puedo", "contra mis directrices",
    ],
    "it": [
      "non posso aiutarti", "non posso aiutarla", "non posso aiutare con", "non posso fornire",
      "non posso rispondere", "non posso farlo", "non sono in grado di", "non mi è possibile",
      "devo rifiutare", "mi rifiuto di", "mi dispiace ma non posso",
    ],
    "pt": [
      "não posso ajudar", "não posso ajudá-lo", "não posso fornecer", "não posso responder",
      "não posso fazer isso", "não consigo ajudar", "não me é possível", "não sou capaz de",
      "devo recusar", "tenho que recusar", "recuso-me a", "desculpe mas não posso",
    ],
  ]
}
