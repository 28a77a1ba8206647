/// The small words that hold a question together, in the order they stand: who, what is denied, `only`,
/// `here` and `there`.
///
/// Two questions made of the same words may say the opposite of each other: `he does and she does not`,
/// `my number to your network`. What a negation, an `only` or a pronoun belongs to is told by its place
/// alone, so where a question holds one of the first two, or two persons, nothing in it may have
/// another place.
struct QuestionFrame: Sendable {
  enum Entry: Hashable, Sendable {
    case person(String)
    case negation
    /// `only`, `just`, `even`: it says something of what stands beside it.
    case focus(String)
    /// `this`, `there`, `it`.
    case deictic(String)
    case modal(String)
    case preposition(String)
    case clauseEnd
    /// A thing, by the number it was read with.
    case item(Int)
  }

  private(set) var entries: [Entry] = []
  private(set) var people: Set<Substring> = []
  private(set) var isDenied = false
  private(set) var hasFocus = false
  /// Words of one kind in their order: auxiliaries, deictics, quantities, particles.
  private var kinds: [Kind: [String]] = [:]

  enum Kind: CaseIterable, Hashable, Sendable {
    case person, auxiliary, deictic, quantity, particle
  }

  mutating func add(_ entry: Entry) {
    switch entry {
    case .person(let person):
      people.insert(person.hasPrefix("3") ? person.prefix { $0 != "." } : person.prefix(1))
      kinds[.person, default: []].append(person)
    case .deictic(let word):
      if word == "it" { people.insert("it") }
      kinds[.deictic, default: []].append(word)
    case .negation: isDenied = true
    case .focus: hasFocus = true
    case .clauseEnd where entries.last == .clauseEnd || entries.isEmpty: return
    default: break
    }
    entries.append(entry)
  }

  mutating func note(_ word: String, as kind: Kind) { kinds[kind, default: []].append(word) }

  /// Nil where the small words of both say the same of `items`, whose own differences are known.
  func difference(
    from other: QuestionFrame, _ items: [QuestionItem], _ others: [QuestionItem]
  ) -> QuestionDifference? {
    for kind in Kind.allCases {
      let (mine, theirs) = (kinds[kind] ?? [], other.kinds[kind] ?? [])
      // The same words in other places: `was it there and is it here`.
      if mine != theirs, mine.sorted() == theirs.sorted() {
        return kind == .person ? .person : .direction
      }
    }
    let isDenied = isDenied || other.isDenied
    let hasFocus = hasFocus || other.hasFocus
    guard isDenied || hasFocus || people.count > 1 || other.people.count > 1 else { return nil }
    let same =
      words(items, isDenied: isDenied, dates: isDenied || hasFocus)
      == other.words(others, isDenied: isDenied, dates: isDenied || hasFocus)
    return same ? nil : isDenied ? .negation : hasFocus ? .quantity : .person
  }

  /// The entries as they count; `dates` says whether a date's place does.
  private func words(_ items: [QuestionItem], isDenied: Bool, dates: Bool) -> [String] {
    let known = Dictionary(items.map { ($0.number, $0) }) { one, _ in one }
    var words: [String] = entries.compactMap { entry in
      switch entry {
      case .person(let person): "p " + person
      case .negation: "not"
      case .focus(let word): "f " + word
      case .deictic(let word): "d " + word
      case .preposition(let word): "> " + word
      // What is denied is denied of what one may, or may be left undone.
      case .modal(let word): isDenied ? "m " + word : nil
      case .clauseEnd: isDenied ? "," : nil
      case .item(let number):
        known[number].flatMap { $0.kind == .date && !dates ? nil : "= " + $0.key }
      }
    }
    if words.last == "," { words.removeLast() }
    return words
  }
}
