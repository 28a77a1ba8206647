/// Which language a text is written in: what the field `language` reads.
package enum TextLanguage {
  /// Only so many bytes from the start are read; more would rarely change the answer.
  package static let bytesRead = 4_096

  /// The two-letter code of the language, or `unknown`.
  ///
  /// The script decides where it can: Greek, Hebrew, Thai, Hangul, Devanagari and a dozen others
  /// stand for the language most written in them, kana beside Han for Japanese, Han alone for
  /// Chinese; Arabic letters are told apart into Arabic, Persian and Urdu. Among the languages that
  /// share the Latin or the Cyrillic script (en de fr es it pt nl sv da no fi pl cs tr ro hu; ru uk
  /// bg) short words and characteristic letters decide, and only on enough evidence: the best must
  /// reach three quarters of two words of its own, a tenth of the words must speak for it, and it
  /// must lead the next by a tenth. Text in other languages of these scripts is mostly `unknown`.
  ///
  /// O(bytes read). The same text gives the same answer everywhere. Not for telling languages in a
  /// mixed text apart: the script with the most letters is looked at.
  package static func code(of text: Span<UInt8>) -> String {
    text.withTextBytes { text in
      var counts = ScriptCounts()
      counts.read(text, bytesRead)
      switch counts.dominant {
      case .latin: return LanguageScore.best(in: text, bytesRead, .latin)
      case .cyrillic: return LanguageScore.best(in: text, bytesRead, .cyrillic)
      case .han: return counts.isJapanese ? "ja" : "zh"
      case .kana: return "ja"
      case .arabic: return counts.arabicLanguage
      case .other(let code): return code
      case nil: return "unknown"
      }
    }
  }
}
