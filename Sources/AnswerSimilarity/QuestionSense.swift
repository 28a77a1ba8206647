/// What a question says: the things it speaks of, in order, and what it asks of them.
struct QuestionSense: Sendable {
  enum Tense: Hashable, Sendable { case past, present, future }

  var items: [QuestionItem] = []
  /// How, when, who; `whether` for what is answered by yes or no; nil for a statement.
  var question: String?
  var laterQuestions: [String] = []
  var auxiliary: String?
  var tenses: Set<Tense> = []
  var modals: Set<String> = []
  var persons: [String] = []
  var trailingNegations = 0
  /// Whether one thing is said to be of another.
  var hasGenitive = false
  /// Before which items there stands a comma that nothing else explains.
  var pauses: Set<Int> = []
  /// The small words between them.
  var frame = QuestionFrame()
  private var poles: [[Int]] = []
  private var floating: Set<String> = []
  /// Whether verbs go to the end: `Wie kann ich mein Abo kündigen` is `Wie kündige ich mein Abo`.
  private var verbsMove = false

  mutating func finish(_ lexicon: Lexicon) {
    poles = items.map { lexicon.poles[$0.word] ?? lexicon.poles[$0.key] ?? [] }
    floating = lexicon.floating
    verbsMove = lexicon.forms.endings == .german
  }

  /// The first thing that is not the same; nil if all is.
  func difference(from other: QuestionSense) -> QuestionDifference? {
    if let left = leftOver(against: other) { return left }
    if let negation = negationDifference(from: other) { return negation }
    if let asked = questionDifference(from: other) { return asked }
    if let tense = tenseDifference(from: other) { return tense }
    if let person = personDifference(from: other) { return person }
    if let order = orderDifference(from: other) { return order }
    if let frame = frame.difference(from: other.frame, items, other.items) { return frame }
    if articlesDiffer(from: other) { return .direction }
    if lettersDiffer(from: other) { return .name }
    // In other words commas stand elsewhere.
    return items.map(\.key) == other.items.map(\.key) && pauses != other.pauses ? .pause : nil
  }

  /// Whether a word is written as a name on one side and as none on the other, or as two names.
  private func lettersDiffer(from other: QuestionSense) -> Bool {
    var others: [String: [QuestionItem]] = [:]
    for item in other.items { others[item.key, default: []].append(item) }
    return items.contains { item in
      guard let two = others[item.key]?.first else { return false }
      others[item.key]?.removeFirst()
      switch (item.letters, two.letters) {
      case (.plain, .name), (.name, .plain): return true
      case (.name, .name):
        return item.written != two.written
          && item.written.lowercased() == two.written.lowercased()
      case (.unsaid, _), (_, .unsaid), (.plain, .plain): return false
      }
    }
  }

  /// Whether a thing's article is another form of the same one: `der Hund den Mann`, `le livre`.
  private func articlesDiffer(from other: QuestionSense) -> Bool {
    var others: [String: [String]] = [:]
    for item in other.items.reversed() { others[item.key, default: []].append(item.article) }
    return items.contains { item in
      guard let article = others[item.key]?.popLast(), article != item.article else { return false }
      return Articles.family(article) == Articles.family(item.article)
    }
  }

  // MARK: What stands on one side only

  private func leftOver(against other: QuestionSense) -> QuestionDifference? {
    let mine = Self.indices(of: items, without: other.items)
    let others = Self.indices(of: other.items, without: items)
    guard !mine.isEmpty || !others.isEmpty else { return unitDifference(from: other) }
    let kinds = Set(mine.map { items[$0].kind } + others.map { other.items[$0].kind })
    for kind in [QuestionDifference.identifier, .number, .date, .unit] where kinds.contains(kind) {
      return kind
    }
    let turned = Set(others.flatMap { other.poles[$0] }.map { -$0 })
    let (said, words) = (Set(mine.map { items[$0].word }), Set(others.map { other.items[$0].word }))
    let areOpposite =
      mine.contains { poles[$0].contains(where: turned.contains) }
      || Self.isNegated(said, in: words) || Self.isNegated(words, in: said)
    if areOpposite { return .opposite }
    for kind in [QuestionDifference.quantity, .comparison, .name] where kinds.contains(kind) {
      return kind
    }
    return .word
  }

  /// `unlock` beside `lock`, `illegal` beside `legal`.
  private static func isNegated(_ words: Set<String>, in negated: Set<String>) -> Bool {
    words.contains { plain in
      plain.utf8.count > 2
        && ["un", "in", "im", "il", "ir", "dis", "non", "de"].contains {
          negated.contains($0 + plain)
        }
    }
  }

  /// The places of items that the other list does not have, each counted once.
  private static func indices(of items: [QuestionItem], without others: [QuestionItem]) -> [Int] {
    var counts: [String: Int] = [:]
    for item in others { counts[item.key, default: 0] += 1 }
    return items.indices.filter { index in
      guard let count = counts[items[index].key], count > 0 else { return true }
      counts[items[index].key] = count - 1
      return false
    }
  }

  private func unitDifference(from other: QuestionSense) -> QuestionDifference? {
    let mine = items.filter { $0.kind == .number }.map { $0.key + " " + ($0.unit ?? "") }
    let others = other.items.filter { $0.kind == .number }.map { $0.key + " " + ($0.unit ?? "") }
    return mine.sorted() == others.sorted() ? nil : .unit
  }

  // MARK: What is denied, and what is asked

  private func negationDifference(from other: QuestionSense) -> QuestionDifference? {
    func denied(_ sense: QuestionSense) -> [String] {
      sense.items.flatMap { Array(repeating: $0.key, count: min($0.negations, 8)) }.sorted()
    }
    return denied(self) == denied(other) && trailingNegations == other.trailingNegations
      ? nil : .negation
  }

  private func questionDifference(from other: QuestionSense) -> QuestionDifference? {
    let (one, two) = (question ?? "", other.question ?? "")
    let areAlike =
      one == two || Set([one, two]) == ["how", ""] || Set([one, two]) == ["what", ""]
      || Set([one, two]) == ["what", "which"]
    guard areAlike, laterQuestions == other.laterQuestions else { return .question }
    if one == "whether" || two == "whether" {
      guard modals == other.modals else { return .modality }
      let mine = auxiliary ?? ""
      let others = other.auxiliary ?? ""
      // What begins with `is it possible` has no auxiliary of its own left.
      guard mine == others || modals.contains("can") || modals.contains("must") else {
        return .question
      }
    } else {
      guard modals.contains("must") == other.modals.contains("must") else { return .modality }
      if let auxiliary, let others = other.auxiliary, one == two, one != "how", one != "what",
        !one.isEmpty
      {
        guard (auxiliary == "be") == (others == "be") else { return .question }
      }
    }
    return nil
  }

  private func tenseDifference(from other: QuestionSense) -> QuestionDifference? {
    let mine = tenses.contains(.past)
    let others = other.tenses.contains(.past)
    if mine != others, !(mine ? other : self).tenses.isEmpty { return .tense }
    if tenses.contains(.future) != other.tenses.contains(.future), mine || others { return .tense }
    // `charged` beside `charge`: done and being done, or done to and done by. What is another word
    // for it (`forgot` and `reset`) says nothing.
    var forms: [String: Set<QuestionItem.Form>] = [:]
    for item in other.items where item.kind == .word {
      forms[item.word, default: []].insert(item.form)
    }
    let areFormed = items.allSatisfy { item in
      item.kind != .word || forms[item.word]?.contains(item.form) ?? true
    }
    return areFormed ? nil : .tense
  }

  private func personDifference(from other: QuestionSense) -> QuestionDifference? {
    func third(_ sense: QuestionSense) -> [String] {
      sense.persons.filter { $0.hasPrefix("3") }
    }
    guard third(self) == third(other) else { return .person }
    let mine = persons.filter { !$0.hasPrefix("3") }
    let others = other.persons.filter { !$0.hasPrefix("3") }
    if let one = mine.first, let two = others.first, one.first != two.first { return .person }
    func isObject(_ all: [String]) -> Bool { all.contains("1o") && !all.contains("1s") }
    func isSubject(_ all: [String]) -> Bool { all.contains("1s") && !all.contains("1o") }
    if isObject(mine) && isSubject(others) || isSubject(mine) && isObject(others) { return .person }
    if mine.contains("1p") != others.contains("1p") {
      let isPersonal = mine.contains("2p") || others.contains("2p")
      // A request for help is about what is one's own, whether it says so or not.
      let isHelp =
        ["how", ""].contains(question ?? "") && ["how", ""].contains(other.question ?? "")
      if isPersonal || !isHelp { return .person }
    }
    return nil
  }

  // MARK: Who does it to whom

  private func orderDifference(from other: QuestionSense) -> QuestionDifference? {
    let isHelp = [question, other.question].allSatisfy {
      $0 == nil || $0 == "how" || $0 == "whether"
    }
    let skipsActions =
      verbsMove && isHelp && items.count(where: \.isAction) < 2
      && other.items.count(where: \.isAction) < 2
    let floats = !hasGenitive || !other.hasGenitive
    func things(_ sense: QuestionSense) -> [QuestionItem] {
      sense.items.filter {
        $0.kind != .date && $0.kind != .number && !($0.isAction && skipsActions)
          && !(floats && sense.floating.contains($0.key))
      }
    }
    func marked(_ items: [QuestionItem]) -> [String] {
      items.filter { !$0.marker.isEmpty }.map { $0.marker + " " + $0.key }.sorted()
    }
    guard marked(items) == marked(other.items), !isLoose(against: other) else {
      return .direction
    }
    let mine = things(self).map(\.key)
    let others = things(other).map(\.key)
    if mine != others {
      // What has a preposition may stand anywhere.
      func preposition(_ item: QuestionItem) -> String {
        item.marker.isEmpty ? item.loose : item.marker
      }
      func free(_ items: [QuestionItem]) -> [String] {
        items.filter { preposition($0).isEmpty }.map(\.key)
      }
      func toward(_ items: [QuestionItem]) -> [String] {
        items.filter { !preposition($0).isEmpty }.map { preposition($0) + " " + $0.key }.sorted()
      }
      guard free(things(self)) == free(things(other)), toward(things(self)) == toward(things(other))
      else { return .direction }
    }
    for kind in [QuestionDifference.date, .number] {
      let one = items.filter { $0.kind == kind }
      let two = other.items.filter { $0.kind == kind }
      guard one.map(\.key) == two.map(\.key), one.map(\.unit) == two.map(\.unit) else {
        return .direction
      }
      // Two numbers: each keeps what it counts.
      if one.count > 1, followers(of: kind) != other.followers(of: kind) { return .direction }
    }
    return nil
  }

  /// `PDF to Word` and `PDF in Word`: the same thing under another preposition.
  private func isLoose(against other: QuestionSense) -> Bool {
    var others: [String: Set<String>] = [:]
    for item in other.items { others[item.key, default: []].insert(item.loose) }
    return items.contains { item in
      guard !item.loose.isEmpty, item.kind != .date, item.kind != .number else { return false }
      guard let loose = others[item.key] else { return true }
      return !loose.contains(item.loose) && !loose.contains("")
    }
  }

  private func followers(of kind: QuestionDifference) -> [String] {
    items.indices.filter { items[$0].kind == kind }.map { index in
      index + 1 < items.count ? items[index + 1].key : ""
    }
  }
}
