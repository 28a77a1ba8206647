/// What a question's words say beyond themselves.
enum QuestionWords {
  /// Words that ask, and words that stand everywhere: no evidence of what is asked for.
  static let empty = Self.hashes(
    """
    a an the and or of to in on at for from by with as is are was were be been being am do does did \
    done has have had having will would can could should shall may might must i you he she it we they \
    me him her us them my your his its our their this that these those there here what which who whom \
    whose when where why how if then than so not no nor but about into over under out up down off also \
    just only any some all each both more most other such own same too very please tell give show \
    der die das ein eine und oder ist sind wie was wer wo wann warum ich du er sie wir ihr mein dein \
    le la les un une des et ou est sont je tu il nous vous mon ton son que qui quoi el los las y o es \
    son como donde cuando
    """)

  /// Words that say what to do with a text, of whatever it speaks: no evidence of what is asked for.
  static let ofTexts = Self.hashes(
    """
    translate translation rewrite rephrase reword paraphrase summarise summarize summary shorten short \
    shorter longer expand continue proceed repeat again answer answers reply word words sentence \
    sentences paragraph paragraphs line lines text texts essay article passage story poem spelling \
    grammar typo typos mistake mistakes correct check proofread fix edit improve polish format list \
    count convert turn make made write written wrote read explain compare analyse analyze classify \
    extract everything nothing above below previous last first next now yes thanks ok okay it them \
    english french german spanish italian dutch portuguese russian chinese japanese korean arabic \
    übersetze übersetzen wiederhole wiederholen korrigiere korrigieren zusammenfassung fasse zusammen \
    weiter text satz sätze englisch deutsch französisch spanisch traduis traduire traduisez corrige \
    corrigez répète répétez résume résumez continue texte anglais allemand français espagnol traduce \
    traducir corrige corregir repite resume continúa texto inglés alemán francés español
    """)

  /// Words that ask for a number, a time or a price.
  private static let measured = WordSet(
    """
    much many cost costs price prices fee fees long when hours hour time times date dates day days year \
    years percent number limit limits deadline old far often often big large size rate until till wann \
    viel viele kostet kosten lange combien quand cuándo cuánto cuanto cuando
    """)

  static func asksForNumber(_ question: [UInt8]) -> Bool {
    var place = 0
    while place < question.count {
      var last = place
      while last < question.count, question[last].isLetter || question[last] >= 0x80 { last += 1 }
      if last > place, measured.contains(question, place..<last) { return true }
      place = max(last, place + 1)
    }
    return false
  }

  private static func hashes(_ words: String) -> Set<UInt64> {
    var found: Set<UInt64> = []
    let bytes = Array(words.utf8)
    Terms.each(in: bytes, bytes.indices) { found.insert($0) }
    return found
  }
}
