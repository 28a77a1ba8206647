/// Which language a text is in, by its script and its commonest words.
///
/// A script with one large language decides (Greek, Hebrew, Thai, Korean, kana for Japanese); in
/// Latin, Cyrillic and Arabic script the commonest small words are counted. Short texts and mixed
/// ones stay unknown.
package enum LanguageGuess {
  /// A two-letter code; nil if the text does not tell.
  package static func language(of text: String) -> String? {
    if let script = script(of: text) { return script }
    let words = TextWords.of(text, first: 2_000).words
    var best: (language: String, count: Int)?
    var isTied = false
    for (language, common) in commonWords {
      let count = words.count { common.contains($0) }
      guard count > 0 else { continue }
      if let (_, most) = best {
        if count == most { isTied = true }
        if count <= most { continue }
      }
      best = (language, count)
      isTied = false
    }
    guard let best, !isTied else { return nil }
    return best.language
  }

  /// Whether two texts are in one language; true if either does not tell, as nothing speaks against
  /// it.
  package static func areSame(_ question: String, _ answer: String) -> Bool {
    guard let asked = language(of: question), let given = language(of: answer) else {
      return sharesScript(question, answer)
    }
    return asked == given
  }

  /// Whether most letters of both are of the same script.
  private static func sharesScript(_ a: String, _ b: String) -> Bool {
    guard let one = Script.most(in: a), let other = Script.most(in: b) else { return true }
    return one == other
  }

  private static func script(of text: String) -> String? {
    switch Script.most(in: text) {
    case .kana: "ja"
    case .hangul: "ko"
    case .han: "zh"
    case .greek: "el"
    case .hebrew: "he"
    case .thai: "th"
    case .devanagari: "hi"
    case .latin, .cyrillic, .arabic, nil: nil
    }
  }

  private static let commonWords: [(String, Set<String>)] = [
    (
      "en",
      [
        "the", "and", "of", "to", "is", "you", "that", "it", "for", "are", "with", "how", "what",
        "do", "does", "this", "your", "my", "can", "have", "be", "not", "please", "from",
      ]
    ),
    (
      "de",
      [
        "der", "die", "das", "und", "ist", "nicht", "ich", "sie", "wie", "ein", "eine", "zu", "den",
        "mit", "auf", "für", "von", "wir", "es", "mein", "meine", "kann", "werden", "bitte", "dem",
      ]
    ),
    (
      "fr",
      [
        "le", "la", "les", "et", "est", "une", "un", "des", "je", "vous", "pas", "pour", "que",
        "qui", "dans", "ce", "du", "comment", "mon", "ma", "avec", "sur", "votre", "il", "sont",
      ]
    ),
    (
      "es",
      [
        "el", "los", "las", "y", "es", "una", "un", "que", "de", "en", "por", "para", "cómo", "mi",
        "no", "se", "con", "su", "del", "está", "puede", "qué", "lo", "como", "más",
      ]
    ),
    (
      "it",
      [
        "il", "lo", "gli", "e", "è", "una", "un", "che", "di", "per", "non", "come", "mio", "mia",
        "con", "del", "della", "sono", "si", "nel", "questo", "può", "più",
      ]
    ),
    (
      "pt",
      [
        "o", "os", "as", "e", "é", "uma", "um", "que", "de", "em", "para", "não", "como", "meu",
        "minha", "com", "do", "da", "você", "está", "são", "pode", "seu", "mais",
      ]
    ),
    (
      "nl",
      [
        "het", "een", "en", "van", "ik", "niet", "is", "dat", "de", "hoe", "mijn", "je", "voor",
        "met", "op", "zijn", "wat", "kan", "deze", "aan",
      ]
    ),
    (
      "ru",
      [
        "и", "в", "не", "на", "что", "я", "как", "это", "с", "вы", "мой", "для", "по", "но", "из",
        "мне", "есть", "или",
      ]
    ),
    ("uk", ["і", "в", "не", "на", "що", "я", "як", "це", "з", "ви", "мій", "для", "та", "але"]),
    ("ar", ["في", "من", "على", "إلى", "هل", "كيف", "أن", "لا", "هذا", "ما"]),
    ("fa", ["در", "از", "به", "که", "این", "را", "است", "با", "چگونه", "من"]),
  ]
}

/// The script of a text's letters.
enum Script: CaseIterable {
  case latin, cyrillic, greek, hebrew, arabic, devanagari, thai, hangul, kana, han

  /// The script of more than half of the first letters; kana among Han is Japanese.
  static func most(in text: String) -> Script? {
    var counts: [Script: Int] = [:]
    var letters = 0
    for scalar in text.unicodeScalars.prefix(2_000) {
      guard let script = Script(scalar) else { continue }
      counts[script, default: 0] += 1
      letters += 1
    }
    if let kana = counts[.kana], kana * 10 >= letters { return .kana }
    return allCases.first { (counts[$0] ?? 0) * 2 > letters }
  }

  private init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x1E00...0x1EFF: self = .latin
    case 0x370...0x3FF, 0x1F00...0x1FFF: self = .greek
    case 0x400...0x52F: self = .cyrillic
    case 0x590...0x5FF: self = .hebrew
    case 0x600...0x6FF, 0x750...0x77F, 0x8A0...0x8FF: self = .arabic
    case 0x900...0x97F: self = .devanagari
    case 0xE00...0xE7F: self = .thai
    case 0x1100...0x11FF, 0xAC00...0xD7AF: self = .hangul
    case 0x3040...0x30FF: self = .kana
    case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF: self = .han
    default: return nil
    }
  }
}
