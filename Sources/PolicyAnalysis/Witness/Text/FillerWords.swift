import TextPatterns

/// Words that say nothing, to stand around the ones that matter and to fill a text up.
enum FillerWords {
  /// Questions of a plain request, the nicest first; short ones last, for texts that must be short.
  static func questions(_ language: TextDemand.Language?) -> [String] {
    let plain = [
      "Can you help me with this?", "What should I do next?", "hello there", "hello", "hi", "ok",
      "a", "?", ".", "1", "é", "漢",
    ]
    let neutral = ["lorem ipsum", "hmm", "zzz", "?", ".", "1"]
    switch language {
    case nil: return plain
    case .code("unknown"): return neutral + plain
    case .code("en"): return ["Can you help me with this?", "What should I do next?"] + plain
    case .code(let code):
      let words = TextLanguage.samples(of: code)
      return [3, 6, 16].map { words.prefix($0).joined(separator: " ") } + plain
    case .except(let codes):
      let others = ["de", "fr", "en", "ja", "el"].filter { !codes.contains($0) }
      return (codes.contains("en") ? [] : plain) + (codes.contains("unknown") ? [] : neutral)
        + others.map { TextLanguage.samples(of: $0).prefix(8).joined(separator: " ") }
    }
  }

  /// Single words, the nicest first.
  static func words(_ language: TextDemand.Language?) -> [String] {
    let plain = [
      "hello", "please", "again", "and", "then", "lorem", "ipsum", "dolor", "word", "ok", "so",
      "Hm", "x", "zzz", "Q", "…", "-", ".", "?", "7", "é", "漢", "ж",
    ]
    switch language {
    case .code("unknown"): return ["lorem", "ipsum", "dolor", "hmm", "zzz"] + plain
    case .code(let code) where code != "en":
      return TextLanguage.samples(of: code) + plain
    case .except(let codes) where codes.contains("en"):
      return ["lorem", "ipsum", "dolor", "hmm", "zzz", "xyz"] + plain
    case .except, .code, nil:
      return plain
    }
  }
}
