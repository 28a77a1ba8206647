/// Reads what a question says out of its tokens, by the lists of one language.
struct SenseReader {
  private let lexicon: Lexicon
  private var sense = QuestionSense()
  private var marker = ""
  private var loose = ""
  private var looseWord = ""
  private var negations = 0
  /// Whether a form of `be` stands before in this clause.
  private var isPassive = false
  /// Whether `of` stands before what comes next, and how many things a chain of them has so far.
  private var isGenitive = false
  private var genitives = 0
  private var article = ""
  private var hasWord = false

  static func read(_ tokens: [QuestionToken], _ lexicon: Lexicon) -> QuestionSense {
    var reader = SenseReader(lexicon: lexicon)
    var tokens = tokens.filter { !($0.isWord && lexicon.courtesy.contains($0.text)) }
    reader.replacePhrases(&tokens)
    reader.bindParticles(&tokens)
    let dated = DateReader(lexicon: lexicon).read(tokens)
    reader.read(dated)
    return reader.sense
  }

  private init(lexicon: Lexicon) { self.lexicon = lexicon }

  // MARK: Several words that are one

  private func replacePhrases(_ tokens: inout [QuestionToken]) {
    var result: [QuestionToken] = []
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      let match =
        token.isWord
        ? lexicon.phrases[token.text]?.first { stands($0.words, at: index, in: tokens) } : nil
      guard let match else {
        result.append(token)
        index += 1
        continue
      }
      result += match.instead.map { QuestionToken(kind: .word, text: $0) }
      index += match.words.count
    }
    tokens = result
  }

  private func stands(_ words: [String], at place: Int, in tokens: [QuestionToken]) -> Bool {
    guard place + words.count <= tokens.count else { return false }
    for (offset, word) in words.enumerated() {
      let token = tokens[place + offset]
      guard token.isWord, token.text == word, !token.isAcronym else { return false }
    }
    return true
  }

  /// `turn the light on` as `turn on the light`.
  private mutating func bindParticles(_ tokens: inout [QuestionToken]) {
    guard !lexicon.particleVerbs.isEmpty else { return }
    for token in tokens where token.isWord && lexicon.particles.contains(token.text) {
      sense.frame.note(token.text, as: .particle)
    }
    for index in tokens.indices where tokens[index].isWord {
      let base = lexicon.forms.base(tokens[index].text)
      guard lexicon.particleVerbs.contains(base.base) else { continue }
      for ahead in index + 1..<min(index + 6, max(tokens.count, index + 1)) {
        guard tokens[ahead].isWord else { break }
        guard lexicon.particles.contains(tokens[ahead].text) else { continue }
        let isLast = ahead + 1 >= tokens.count || !tokens[ahead + 1].isWord
        let isLoose = tokens[ahead].text == "on" || tokens[ahead].text == "in"
        guard ahead == index + 1 || isLast || !isLoose else { continue }
        // `take it off`, but `get off it`: before a pronoun it is a preposition.
        if !isLast, let next = lexicon.persons[tokens[ahead + 1].text], !next.hasSuffix("p") {
          break
        }
        if !isLast, lexicon.deictic.contains(tokens[ahead + 1].text) { break }
        tokens[index].text = Self.bound(base.base, tokens[ahead].text)
        tokens[ahead].text = ""
        break
      }
    }
    tokens.removeAll { $0.isWord && $0.text.isEmpty }
  }

  private static func bound(_ verb: String, _ particle: String) -> String {
    switch (verb, particle) {
    case ("turn", "on"), ("switch", "on"), ("power", "on"): "enable"
    case ("turn", "off"), ("switch", "off"), ("power", "off"), ("shut", "off"): "disable"
    default: verb + "_" + particle
    }
  }

  // MARK: One after the other

  private mutating func read(_ tokens: [QuestionToken]) {
    for (index, token) in tokens.enumerated() {
      switch token.kind {
      case .clauseEnd:
        endClause()
        sense.frame.add(.clauseEnd)
        pause(before: index + 1, in: tokens)
      case .symbol:
        // A unit without its number.
        if let unit = lexicon.units[token.text] {
          add(QuestionItem(key: unit, kind: .unit, word: token.text))
        }
      case .identifier:
        var item = QuestionItem(key: token.text, kind: .identifier, word: token.text)
        (item.letters, item.written) = (token.letters, token.written)
        add(item)
      case .number:
        var item = QuestionItem(
          key: token.text, kind: token.unit == "date" || token.unit == "clock" ? .date : .number)
        item.unit = token.unit
        add(item)
      case .word:
        read(word: token, at: index, in: tokens)
        hasWord = true
      }
    }
    endClause()
    // A negation at the end belongs to what stands before it.
    if negations > 0 { sense.trailingNegations = negations }
    endGenitives()
    anchor()
    sense.pauses.remove(sense.items.count)
    sense.finish(lexicon)
  }

  /// A comma between words that a question's beginning or a conjunction does not explain: `Let's eat,
  /// grandma`.
  private mutating func pause(before next: Int, in tokens: [QuestionToken]) {
    guard !sense.items.isEmpty || negations > 0, tokens.indices.contains(next) else { return }
    let token = tokens[next]
    let begins =
      token.isWord
      && (lexicon.questions[token.text] != nil || lexicon.auxiliaries[token.text] != nil
        || lexicon.persons[token.text] != nil || Self.conjunctions.contains(token.text))
    if !begins { sense.pauses.insert(sense.items.count) }
  }

  private static let determiners: Set<String> = ["any", "either", "no", "another", "other", "else"]

  private static let conjunctions: Set<String> = [
    "and", "or", "but", "so", "if", "because", "since", "und", "oder", "aber", "wenn", "weil", "et",
    "ou", "mais", "si", "y", "o", "pero", "que", "dass",
  ]

  private mutating func read(word token: QuestionToken, at index: Int, in tokens: [QuestionToken]) {
    let word = token.text
    if let form = lexicon.articles[word] { article += (article.isEmpty ? "" : "+") + form }
    if lexicon.formal.contains(word) {
      // `Ihnen` is you and `ihnen` are they; where letters tell neither it is a word of its own.
      let person =
        token.letters == .name ? "2" : token.letters == .plain ? "3they.\(word)" : "3?.\(word)"
      sense.persons.append(person)
      sense.frame.add(.person(person))
      return
    }
    // `Hi, Can you …`: no sentence's beginning to the scanner, but one to a reader.
    let isOpening =
      !token.isAcronym && sense.items.isEmpty
      && (lexicon.light.contains(word) || lexicon.questions[word] != nil)
    let isFirst = sense.items.isEmpty && !hasWord
    if lexicon.capitonyms.contains(word), token.startsLarge {
      // Begun with or in a title it may be either, and is only itself.
      let isName = token.letters == .name && !isFirst
      add(QuestionItem(key: (isName ? "^" : "?") + word, kind: .name, word: word))
      return
    }
    if token.isNamed, !isOpening, lexicon.questions[word] == nil || token.isAcronym {
      let form = lexicon.forms.base(word)
      let isWord = lexicon.dates[word] != nil || lexicon.quantities.contains(word)
      guard isWord else {
        let key = token.isAcronym ? word : lexicon.paraphrases[form.base] ?? form.base
        // A light word with a capital is somebody's name.
        let isName = lexicon.light.contains(word) || token.isAcronym
        var item = QuestionItem(key: isName ? "^" + word : key, kind: .name, word: form.base)
        item.isAction = false
        (item.letters, item.written) = (isFirst ? .unsaid : token.letters, token.written)
        add(item)
        return
      }
    }
    if lexicon.alsoNames.contains(word), isName(at: index, in: tokens) {
      add(QuestionItem(key: "^" + word, kind: .name, word: word))
      return
    }
    if let person = lexicon.persons[word] {
      sense.persons.append(person)
      // `Je le lui donne`: what stands before a person is no article.
      if !article.isEmpty, lexicon.articles[word] == nil {
        sense.frame.add(.deictic(article))
        article = ""
      }
      sense.frame.add(.person(person))
    }
    if lexicon.focus.contains(word) { sense.frame.add(.focus(word)) }
    if lexicon.deictic.contains(word) { sense.frame.add(.deictic(word)) }
    if lexicon.quantities.contains(word) || Self.determiners.contains(word) {
      sense.frame.note(word, as: .quantity)
    }
    if let kind = lexicon.questions[word], sense.question == nil {
      note(question: kind, at: index, in: tokens)
    } else if lexicon.questions[word] != nil, !word.hasPrefix("~") {
      sense.laterQuestions.append(word)
    }
    if lexicon.pasts.contains(word) { sense.tenses.insert(.past) }
    if lexicon.futures.contains(word) { sense.tenses.insert(.future) }
    if let modal = lexicon.modals[word] {
      sense.modals.insert(modal)
      sense.frame.add(.modal(modal))
    }
    if let auxiliary = lexicon.auxiliaries[word] {
      sense.frame.note(word, as: .auxiliary)
      if sense.question == nil, sense.items.isEmpty, sense.persons.isEmpty {
        sense.question = "whether"
      }
      if sense.auxiliary == nil { sense.auxiliary = auxiliary }
      if auxiliary == "be" { isPassive = true }
      if auxiliary == "be" || auxiliary == "do", !lexicon.pasts.contains(word) {
        sense.tenses.insert(.present)
      }
    }
    if lexicon.negations.contains(word) {
      negations += 1
      sense.frame.add(.negation)
      return
    }
    if word == "of", lexicon.code == "en" {
      isGenitive = true
      sense.hasGenitive = true
      return
    }
    if let known = lexicon.markers[word] {
      if known != "to" { sense.frame.add(.preposition(known)) }
      if marker.isEmpty || marker == "to" {
        marker = known
      } else if known != "to" {
        marker += " " + known
      }
      return
    }
    if let known = lexicon.loose[word] {
      sense.frame.add(.preposition(known))
      loose = known
      looseWord = word
    }
    if word == "a", lexicon.code == "en", isLetter(at: index, in: tokens) {
      add(QuestionItem(key: "^a", kind: .name, word: word))
      return
    }
    guard !word.hasPrefix("~"), !lexicon.light.contains(word), lexicon.questions[word] == nil else {
      return
    }
    var item = item(word)
    (item.letters, item.written) = (isFirst ? .unsaid : token.letters, token.written)
    add(item)
  }

  /// `will` and `may` after another auxiliary, after a preposition, or with nothing after them.
  private func isName(at index: Int, in tokens: [QuestionToken]) -> Bool {
    guard index > 0, tokens[index - 1].isWord else { return false }
    let before = tokens[index - 1].text
    return lexicon.auxiliaries[before] != nil || lexicon.markers[before] != nil
      || lexicon.loose[before] != nil || !tokens.indices.contains(index + 1)
      || !tokens[index + 1].isWord
  }

  /// `from a to b`: an article has its noun after it.
  private func isLetter(at index: Int, in tokens: [QuestionToken]) -> Bool {
    guard tokens.indices.contains(index + 1), tokens[index + 1].isWord else { return true }
    let next = tokens[index + 1].text
    return lexicon.markers[next] != nil || lexicon.loose[next] != nil
      || lexicon.auxiliaries[next] != nil
  }

  private func item(_ word: String) -> QuestionItem {
    let form = lexicon.forms.base(word)
    let kind: QuestionDifference
    let key: String
    if let date = lexicon.dates[word] {
      (key, kind) = (date, .date)
    } else if let unit = lexicon.units[word] {
      (key, kind) = (unit, .unit)
    } else if lexicon.comparisons.contains(word) {
      (key, kind) = (word, .comparison)
    } else if lexicon.quantities.contains(word) {
      (key, kind) = (word, .quantity)
    } else {
      (key, kind) = (lexicon.paraphrases[form.base] ?? form.base, .word)
    }
    var item = QuestionItem(key: key, kind: kind, word: form.base)
    item.form = form.isPast ? (isPassive ? .passive : .past) : .base
    item.isAction = lexicon.actions.contains(form.base) || lexicon.actions.contains(key)
    return item
  }

  /// `how many`, `how long`, `how fast` are questions of their own.
  private mutating func note(question kind: String, at index: Int, in tokens: [QuestionToken]) {
    sense.question = kind
    guard kind == "how", !tokens[index].text.hasPrefix("~"), tokens.indices.contains(index + 1),
      tokens[index + 1].isWord
    else { return }
    let next = tokens[index + 1].text
    let isLight =
      lexicon.auxiliaries[next] != nil || lexicon.light.contains(next)
      || lexicon.persons[next] != nil
    if !isLight, lexicon.code == "en",
      ["many", "much", "long", "often", "far", "old"].contains(next)
    {
      sense.question = "how " + next
    }
  }

  /// A preposition that stands before nothing is a word of its own: `die Lampe aus`.
  private mutating func endClause() {
    isGenitive = false
    isPassive = false
    if !loose.isEmpty { add(QuestionItem(key: looseWord, kind: .word, word: looseWord)) }
    guard !marker.isEmpty, marker != "to" else {
      marker = ""
      return
    }
    let word = marker
    marker = ""
    add(QuestionItem(key: word, kind: .word, word: word))
  }

  private mutating func add(_ item: QuestionItem) {
    var item = item
    item.marker = marker == "to" ? "" : marker
    item.loose = marker == "to" ? "to" : loose
    loose = ""
    item.negations = negations
    marker = ""
    negations = 0
    item.number = sense.items.count
    item.article = article
    article = ""
    sense.frame.add(.item(item.number))
    // `the price of delivery` is the delivery's price.
    if !isGenitive { endGenitives() }
    if isGenitive, let last = sense.items.indices.last {
      swap(&item.marker, &sense.items[last].marker)
      swap(&item.loose, &sense.items[last].loose)
      swap(&item.negations, &sense.items[last].negations)
    }
    genitives += 1
    sense.items.append(item)
    isGenitive = false
  }

  /// Things joined by `of` stand the other way round.
  private mutating func endGenitives() {
    if genitives > 1 { sense.items[(sense.items.count - genitives)...].reverse() }
    genitives = 0
  }

  /// Words that mean the same beside some others.
  private mutating func anchor() {
    let keys = Set(sense.items.map(\.key)).union(sense.items.map(\.word))
    for (anchors, words) in lexicon.anchored where !anchors.isDisjoint(with: keys) {
      for index in sense.items.indices where sense.items[index].kind == .word {
        guard let key = words[sense.items[index].word] ?? words[sense.items[index].key] else {
          continue
        }
        sense.items[index].key = key
      }
    }
  }
}

extension QuestionToken {
  /// Written as a name.
  var isNamed: Bool { isCapital || isAcronym }
}
