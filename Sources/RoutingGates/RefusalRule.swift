/// Whether an answer declines to answer.
///
/// It does if one of its first two sentences has one of the phrases below, or if it is empty. Only
/// the beginning counts: "I can't open the door, so I called" in a story is no refusal, and neither is
/// a long answer that ends by saying what it left out. Case, quotes and spacing do not matter.
enum RefusalRule {
  static func applies(to answer: String) -> Bool {
    let opening = opening(of: answer)
    if opening.allSatisfy({ $0 == " " }) { return true }
    return phrases.contains { opening.contains($0) }
  }

  /// The first two sentences, at most 240 characters, folded: straight apostrophes, single spaces,
  /// a space at both ends so that phrases match whole words.
  private static func opening(of answer: String) -> String {
    var text = " "
    var sentences = 0
    for character in answer.prefix(240) {
      switch character {
      case "’", "‘", "ʼ", "`": text.append("'")
      case ".", "!", "?", "。", "！", "？":
        sentences += 1
        text.append(" ")
        if sentences == 2 { return text }
      case _ where character.isLetter || character.isNumber || character == "'":
        text += character.lowercased()
      default:
        if text.last != " " { text.append(" ") }
      }
    }
    return text + " "
  }

  private static let phrases: [String] = english + german + french + spanish + italian + asian

  private static let english = [
    " i can't help ", " i cannot help ", " i can not help ", " i can't assist ",
    " i cannot assist ", " i'm unable to ", " i am unable to ", " i'm not able to ",
    " i am not able to ", " i can't provide ", " i cannot provide ", " i can't answer ",
    " i cannot answer ", " i can't do that ", " i cannot do that ", " i can't comply ",
    " i cannot comply ", " i won't be able to ", " i will not be able to ", " i can't discuss ",
    " i cannot discuss ", " i must decline ", " i have to decline ", " i'm sorry but i can't ",
    " i'm sorry but i cannot ", " i'm sorry i can't ", " i'm sorry i cannot ",
    " i am sorry but i can't ", " i am sorry but i cannot ", " sorry but i can't ",
    " sorry i can't ", " i don't know ", " i do not know ", " i don't have enough information ",
    " i do not have enough information ", " i don't have access ", " i do not have access ",
    " as an ai ", " as a language model ", " i can't fulfill ", " i cannot fulfill ",
    " i can't create ", " i cannot create ", " i can't share ", " i cannot share ",
  ]

  private static let german = [
    " ich kann dir dabei nicht ", " ich kann ihnen dabei nicht ", " dabei kann ich nicht helfen ",
    " das kann ich nicht ", " ich kann nicht ", " ich kann diese anfrage nicht ",
    " ich weiß es nicht ", " ich weiß das nicht ", " leider kann ich nicht ", " als ki ",
    " ich bin nicht in der lage ", " dazu kann ich keine ",
  ]

  private static let french = [
    " je ne peux pas ", " je ne suis pas en mesure ", " je ne sais pas ", " désolé je ne peux ",
    " désolée je ne peux ", " je suis désolé mais je ne ", " je ne suis pas capable ",
    " en tant qu'ia ", " en tant que modèle ",
  ]

  private static let spanish = [
    " no puedo ayudar", " no puedo proporcionar ", " no puedo responder ",
    " lo siento pero no puedo ",
    " lo siento no puedo ", " no sé la respuesta ", " no lo sé ", " no tengo acceso ",
    " como modelo de lenguaje ", " no me es posible ",
  ]

  private static let italian = [
    " non posso aiutar", " non posso fornire ", " non posso rispondere ",
    " mi dispiace ma non posso ",
    " non lo so ", " non sono in grado ", " in quanto modello ",
  ]

  /// Scripts without spaces: the phrases stand as they are.
  private static let asian = [
    "お答えできません", "お手伝いできません", "提供できません", "わかりません", "分かりません", "我无法", "我不能",
    "無法回答", "无法回答", "无法提供", "도와드릴 수 없", "답변할 수 없", "제공할 수 없",
  ]
}
