extension TextLanguage {
  /// Words by which a text is recognised as being in a language, plain ones first; none for a code
  /// that no text ever gets.
  ///
  /// One of them may not be enough evidence; all of them together are.
  package static func samples(of code: String) -> [String] {
    if let listed = LanguageWords.byLanguage.firstIndex(where: { $0.code == code }) {
      return listedSamples(listed)
    }
    guard let sample = scripts.first(where: { $0.code == code }) else { return [] }
    return sample.words.description.split(separator: " ").map(String.init)
  }

  /// Words of a list that stand in no other list.
  private static func listedSamples(_ index: Int) -> [String] {
    let marks = LanguageMarks.shared
    let own = LanguageWords.byLanguage[index].words.description
    let words = own.split(whereSeparator: { $0 == " " || $0 == "'" }).filter { word in
      var key = LanguageWord()
      for scalar in word.unicodeScalars { key.append(scalar.value) }
      return word.unicodeScalars.count > 2 && marks.words[key] == 1 << UInt32(index)
    }
    return words.prefix(16).map(String.init)
  }

  /// Languages that are known by their script: a greeting, a thank-you, or just the name.
  private static let scripts: [(code: String, words: StaticString)] = [
    ("el", "γεια σας ευχαριστώ πολύ"), ("hy", "բարև ձեզ"), ("he", "שלום תודה רבה"),
    ("hi", "नमस्ते धन्यवाद"), ("bn", "নমস্কার ধন্যবাদ"), ("pa", "ਧੰਨਵਾਦ ਪੰਜਾਬੀ"),
    ("gu", "નમસ્તે આભાર"), ("ta", "வணக்கம் நன்றி"), ("te", "నమస్కారం తెలుగు"),
    ("kn", "ನಮಸ್ಕಾರ ಕನ್ನಡ"), ("ml", "നമസ്കാരം മലയാളം"), ("si", "සිංහල ස්තුතියි"),
    ("th", "สวัสดี ขอบคุณ"), ("lo", "ສະບາຍດີ ຂອບໃຈ"), ("my", "မင်္ဂလာပါ မြန်မာ"),
    ("ka", "გამარჯობა მადლობა"), ("am", "ሰላም አመሰግናለሁ"), ("km", "សួស្តី អរគុណ"),
    ("ko", "안녕하세요 감사합니다"), ("ja", "こんにちは ありがとう"), ("zh", "你好 谢谢"),
    ("ar", "مرحبا شكرا"), ("fa", "سپاس گزارم چگونه"), ("ur", "آپ کا شکریہ ہے"),
  ]
}
