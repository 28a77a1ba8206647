import Testing
import TextPatterns

/// What `mentions` finds: whole words, any case, any spelling of the same characters.
@Suite struct MentionsTests {
  @Test(
    arguments: [
      .mentions("debug", in: "Please debug this", finds: "debug"),
      .mentions("debug", in: "Debugging is fun", finds: nil),
      .mentions("debug", in: "a predebug step", finds: nil),
      .mentions("debug", in: "DEBUG!", finds: "DEBUG"),
      .mentions("debug", in: "un-debug-able", finds: "debug"),
      .mentions("debug", in: "my_debug_flag", finds: nil),
      .mentions("debug", in: "debug2", finds: nil),
      .mentions("debug", in: "", finds: nil),
      .mentions("a", in: "a", finds: "a"),
      .mentions("a", in: "b a", finds: "a"),
      .mentions("step by step", in: "Think step\n  by\tstep.", finds: "step\n  by\tstep"),
      .mentions("step by step", in: "step by  step-wise", finds: "step by  step"),
      .mentions("step  by step ", in: "STEP BY STEP", finds: "STEP BY STEP"),
      .mentions("step by step", in: "stepby step", finds: nil),
      .mentions("to do", in: "what to\u{A0}do", finds: "to\u{A0}do"),
      .mentions("to be to do", in: "to be to be to do", finds: "to be to do"),
      .mentions("trade-offs", in: "the trade-offs are", finds: "trade-offs"),
      .mentions("don't", in: "I don't know", finds: "don't"),
    ] as [TextCase])
  func `finds whole words of ASCII`(_ example: TextCase) throws { try check(example) }

  @Test(
    arguments: [
      .mentions("refunds", in: "REFUNDS and more", finds: "REFUNDS"),
      .mentions("refunding", in: "no Refunding", finds: "Refunding"),
      .mentions("refundin", in: "no refunding", finds: nil),
      .mentions("refunding", in: "no refundin", finds: nil),
      .mentions("snake_case_names", in: "(Snake_Case_Names)", finds: "Snake_Case_Names"),
      .mentions("snake_case", in: "snake_case_names", finds: nil),
      .mentions("ab_12345", in: "x AB_12345", finds: "AB_12345"),
      .mentions("ab_12345", in: "x ab\u{7F}12345", finds: nil),
    ] as [TextCase])
  func `finds words of up to eight bytes and of more, at the end of a text too`(
    _ example: TextCase
  ) throws { try check(example) }

  @Test(
    arguments: [
      .mentions("c++", in: "I like C++.", finds: "C++"),
      .mentions("c++", in: "I like C++17", finds: "C++"),
      .mentions("c++", in: "objc++", finds: nil),
      .mentions(".net", in: "ASP.NET core", finds: ".NET"),
      .mentions(".net", in: "a .network", finds: nil),
      .mentions("#1", in: "you're #1", finds: "#1"),
      .mentions("#1", in: "issue #12", finds: nil),
      .mentions("?!", in: "what?!!", finds: "?!"),
      .mentions("_x", in: "a_x", finds: nil),
      .mentions("❤", in: "I ❤️ it", finds: "❤"),
    ] as [TextCase])
  func `asks for a boundary only at the word characters of a keyword`(
    _ example: TextCase
  ) throws { try check(example) }

  @Test(
    arguments: [
      .mentions("STRASSE", in: "die Straße dort", finds: "Straße"),
      .mentions("straße", in: "DIE STRASSE DORT", finds: "STRASSE"),
      .mentions("STRAẞE", in: "strasse", finds: "strasse"),
      .mentions("σοφος", in: "ΣΟΦΟΣ", finds: "ΣΟΦΟΣ"),
      .mentions("ΣΟΦΟΣ", in: "ο σοφός", finds: nil),
      .mentions("ΟΔΟΣ", in: "η οδος", finds: "οδος"),
      .mentions("οδός", in: "Η ΟΔΌΣ", finds: "ΟΔΌΣ"),
      .mentions("istanbul", in: "İSTANBUL", finds: "İSTANBUL"),
      .mentions("İstanbul", in: "istanbul", finds: "istanbul"),
      .mentions("ışık", in: "IŞIK", finds: "IŞIK"),
      .mentions("été", in: "L'ÉTÉ dernier", finds: "ÉTÉ"),
      .mentions("été", in: "e\u{301}te\u{301}", finds: "e\u{301}te\u{301}"),
      .mentions("e\u{301}te\u{301}", in: "été", finds: "été"),
      .mentions("ete", in: "été", finds: nil),
      .mentions("ete", in: "ete\u{301}", finds: nil),
      .mentions("ο", in: "ᾴ ο", finds: "ο"),
      .mentions("ᾴ", in: "α\u{345}\u{301}", finds: "α\u{345}\u{301}"),
      .mentions("file", in: "a ﬁle", finds: "ﬁle"),
      .mentions("Å", in: "A\u{30A} \u{212B}", finds: "A\u{30A}"),
      .mentions("ệ", in: "e\u{302}\u{323}", finds: "e\u{302}\u{323}"),
      .mentions("привет", in: "ПРИВЕТ, мир", finds: "ПРИВЕТ"),
      .mentions("мир", in: "мировой", finds: nil),
    ] as [TextCase])
  func `folds case and canonical spelling`(_ example: TextCase) throws { try check(example) }

  @Test(
    arguments: [
      .mentions("翻译", in: "请翻译这句话", finds: "翻译"),
      .mentions("東京", in: "私は東京に住んでいます", finds: "東京"),
      .mentions("カメラ", in: "新しいカメラが欲しい", finds: "カメラ"),
      .mentions("か", in: "が", finds: nil),
      .mentions("か", in: "か\u{3099}", finds: nil),
      .mentions("が", in: "か\u{3099}", finds: "か\u{3099}"),
      .mentions("ประเทศ", in: "ในประเทศไทย", finds: "ประเทศ"),
      .mentions("gpt", in: "使用GPT模型", finds: "GPT"),
      .mentions("gpt", in: "使用GPTs模型", finds: nil),
      .mentions("한국", in: "한국 사람", finds: "한국"),
      .mentions("한국", in: "한국어", finds: nil),
      .mentions("하", in: "한", finds: nil),
      .mentions("한", in: "\u{1112}\u{1161}\u{11AB}", finds: "\u{1112}\u{1161}\u{11AB}"),
    ] as [TextCase])
  func `finds keywords anywhere in scripts without spaces`(_ example: TextCase) throws {
    try check(example)
  }
}
