/// The languages the stand-in speaks, each with a sentence or two that fit any support question.
enum SpokenLanguage: CaseIterable {
  case english
  case german
  case french
  case spanish
  case japanese
  case arabic

  /// The language of a text, by its script and its commonest words; English if nothing speaks for
  /// another.
  init(of text: String) {
    let scalars = text.unicodeScalars
    if scalars.contains(where: { (0x3040...0x30FF).contains($0.value) }) {
      self = .japanese
      return
    }
    if scalars.contains(where: { (0x0600...0x06FF).contains($0.value) }) {
      self = .arabic
      return
    }
    let words = Set(text.lowercased().split(whereSeparator: { !$0.isLetter }).map(String.init))
    let scores = Self.allCases.map { ($0, words.intersection($0.commonWords).count) }
    let best = scores.max { $0.1 < $1.1 }
    self = best.map { $0.1 >= 2 ? $0.0 : .english } ?? .english
  }

  /// The language a request to translate names.
  static func named(in lowered: String) -> SpokenLanguage {
    allCases.first { $0 != .english && lowered.contains($0.name) } ?? .english
  }

  private var name: String {
    switch self {
    case .english: "english"
    case .german: "german"
    case .french: "french"
    case .spanish: "spanish"
    case .japanese: "japanese"
    case .arabic: "arabic"
    }
  }

  private var commonWords: Set<String> {
    switch self {
    case .english: ["the", "is", "do", "how", "my", "what", "to", "i"]
    case .german: ["ich", "der", "die", "das", "wie", "mein", "ist", "nicht", "und", "kann"]
    case .french: ["je", "le", "la", "les", "est", "mon", "comment", "et", "pas", "une"]
    case .spanish: ["el", "la", "mi", "cómo", "es", "no", "puedo", "una", "qué", "y"]
    case .japanese, .arabic: []
    }
  }

  func answer(about topics: [String]) -> String {
    let list = topics.joined(separator: ", ")
    return switch self {
    case .english:
      list.isEmpty
        ? "You're welcome. Write again whenever something else comes up."
        : "About \(list): open the account page, choose the entry of that name and follow its three "
          + "steps. A confirmation arrives within a few minutes; if it does not, support can do it for you."
    case .german:
      "Zu \(list): Öffnen Sie die Kontoseite, wählen Sie den passenden Eintrag und folgen Sie den "
        + "drei Schritten. Die Bestätigung kommt nach wenigen Minuten."
    case .french:
      "À propos de \(list) : ouvrez la page du compte, choisissez la rubrique et suivez les trois "
        + "étapes. La confirmation arrive en quelques minutes."
    case .spanish:
      "Sobre \(list): abra la página de su cuenta, elija la opción y siga los tres pasos. La "
        + "confirmación llega en pocos minutos."
    case .japanese: "ご質問の件ですが、アカウントのページを開き、該当する項目を選んで手順に従ってください。数分で確認の連絡が届きます。"
    case .arabic:
      "بخصوص سؤالك: افتح صفحة الحساب واختر البند المناسب واتبع الخطوات الثلاث، وستصلك رسالة التأكيد خلال دقائق."
    }
  }
}
