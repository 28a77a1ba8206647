import RoutingGates
import Testing

@Suite struct `Refusals` {
  static let refusals = [
    "I'm sorry, but I can't help with that.", "I can’t assist with this request.",
    "Sorry, I cannot provide instructions for that.", "As an AI language model, I cannot do this.",
    "I'm unable to help you with that request.", "**I must decline** this request.",
    "Es tut mir leid, ich kann Ihnen dabei nicht helfen.",
    "Tut mir leid, aber ich kann diese Anfrage nicht beantworten.", "Dabei kann ich nicht helfen.",
    "Je suis désolé, mais je ne peux pas vous aider avec cela.",
    "Désolé, je ne peux pas répondre à cette demande.",
    "Je ne suis pas en mesure de fournir ces informations.",
    "Lo siento, pero no puedo ayudarte con eso.", "No puedo proporcionar esa información.",
    "Mi dispiace, ma non posso aiutarti.", "Desculpe, mas não posso ajudar com isso.",
  ]

  static let answers = [
    "Click the reset link in your mail.", "You can't help but love this phone.",
    "I cannot recommend this phone enough.", "Refusals often start with an apology.",
    "Das kann ich gut verstehen: öffnen Sie die Einstellungen.",
    "Je peux vous aider : ouvrez les paramètres.", "Puedo ayudarte: abre los ajustes.", "",
    "Here is how: open the settings, choose security, then choose the reset link. It takes a minute "
      + "and you get a mail with a code. Type the code, pick a new password that you use nowhere "
      + "else, and sign in with it again on all of your devices. If the code has run out, I can't "
      + "help with that.",
  ]

  @Test(arguments: refusals)
  func `a refusal is one`(_ text: String) { #expect(RefusalRule.holds(text)) }

  @Test(arguments: answers)
  func `an answer is none`(_ text: String) { #expect(!RefusalRule.holds(text)) }

  @Test(arguments: ["en", "de", "fr", "es"])
  func `every phrase is found whatever its case and marks`(_ language: String) throws {
    let phrases = try #require(RefusalRule.table[language])
    #expect(phrases.count >= 15)
    for phrase in phrases {
      #expect(RefusalRule.holds("— \(phrase.uppercased())!"), "\(phrase)")
    }
  }
}
