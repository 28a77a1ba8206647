/// What the guards know of one language: lists of words, all in lower case.
///
/// A list a reader may judge: everything the guards let through or stop is written in one of them.
struct Lexicon: Sendable {
  let code: String
  /// Words that carry no meaning of their own.
  let light: Set<String>
  /// Words of courtesy, gone before anything else is looked at.
  let courtesy: Set<String>
  let negations: Set<String>
  /// Prepositions that give what follows its part, and what each is written as.
  let markers: [String: String]
  /// The pole of a word on each axis it is on: `+3` and `-3` are opposites.
  let poles: [String: [Int]]
  /// Prepositions that may be left out, by what they are alike to.
  let loose: [String: String]
  /// Auxiliaries that are names too.
  let alsoNames: Set<String>
  /// Words that are somebody's or some place's name as soon as they are written large.
  let capitonyms: Set<String>
  /// Words whose place among the others says nothing: `the price`.
  let floating: Set<String>
  let dates: [String: String]
  let quantities: Set<String>
  let comparisons: Set<String>
  /// Values of spelled-out numbers; ordinals begin with `#`.
  let numbers: [String: String]
  let units: [String: String]
  /// The months by name, as two digits.
  let months: [String: String]
  /// One word for all that mean the same.
  let paraphrases: [String: String]
  /// Paraphrases that hold only beside one of some words.
  let anchored: [(anchors: Set<String>, words: [String: String])]
  /// Several words and what is read in their place, by the first of them; longest first.
  let phrases: [String: [(words: [String], instead: [String])]]
  /// Verbs whose place in a request for help says nothing.
  let actions: Set<String>
  /// What begins a question, and which.
  let questions: [String: String]
  /// Auxiliary verbs, and the kind each is of.
  let auxiliaries: [String: String]
  let pasts: Set<String>
  let futures: Set<String>
  /// `must` and its like; `can` and its like.
  let modals: [String: String]
  /// Pronouns and whom they mean: `1s`, `1o`, `1p`, `2`, `2p`, `3…`.
  let persons: [String: String]
  /// Verbs that take a particle, and the particles.
  let particleVerbs: Set<String>
  let particles: Set<String>
  /// Words that say something of what stands beside them: `only`, `even`, `really`.
  let focus: Set<String>
  /// `this`, `there`, `it`: they point, and which of them stands where matters.
  let deictic: Set<String>
  /// Articles whose form tells case or gender, and the form each stands for: `im` for `dem`.
  let articles: [String: String]
  /// Words that are a polite `you` written large and another person written small.
  let formal: Set<String>
  let forms: WordForms
  /// All of it, for the fingerprint.
  let fields: [String]

  static let all: [Lexicon] = [
    Lexicon(EnglishWords.self), Lexicon(GermanWords.self), Lexicon(FrenchWords.self),
    Lexicon(SpanishWords.self),
  ]

  /// Whether the word is in one of the lists that tell a language.
  func knows(_ word: String) -> Bool {
    let root = forms.base(word).base
    return light.contains(word) || negations.contains(word) || questions[word] != nil
      || markers[word] != nil || actions.contains(root) || paraphrases[root] != nil
      || comparisons.contains(word) || quantities.contains(word) || courtesy.contains(word)
      || auxiliaries[word] != nil
  }

  /// Whether words with hyphens between are the same without: `sign-in`, `twenty-five`, `puis-je`.
  func isParted(_ words: [String]) -> Bool {
    let isPhrase = phrases[words[0]]?.contains { $0.words == words } == true
    return isPhrase || words.allSatisfy { numbers[$0] != nil }
      || code == "fr" && words.contains(where: light.contains)
  }

  static func of(_ code: String) -> Lexicon? { all.first { $0.code == code } }

  init(_ words: (some LexiconWords).Type) {
    code = words.code
    let forms = WordForms(
      words.irregular, endings: words.code == "en" ? .english : words.code == "de" ? .german : .none
    )
    self.forms = forms
    light = Self.set(words.light)
    courtesy = Self.set(words.courtesy)
    negations = Self.set(words.negations)
    markers = Self.map(words.markers)
    loose = Self.map(words.loose)
    alsoNames = Self.set(words.alsoNames)
    capitonyms = Self.set(words.capitonyms)
    floating = Set(Self.set(words.floating).map { forms.base($0).base })
    dates = Self.map(words.dates)
    quantities = Self.set(words.quantities)
    comparisons = Self.set(words.comparisons)
    numbers = Self.map(words.numbers)
    units = Self.map(words.units)
    months = Self.map(words.months)
    paraphrases = Self.classes(words.paraphrases, forms)
    questions = Self.map(words.questions)
    auxiliaries = Self.map(words.auxiliaries)
    pasts = Self.set(words.pasts)
    futures = Self.set(words.futures)
    modals = Self.map(words.modals)
    persons = Self.map(words.persons)
    actions = Set(Self.set(words.actions).map { forms.base($0).base })
    particleVerbs = Self.set(words.particleVerbs)
    particles = Self.set(words.particles)
    focus = Self.set(words.focus)
    deictic = Self.set(words.deictic)
    articles = Self.map(words.articles)
    formal = Self.set(words.formal)
    var poles: [String: [Int]] = [:]
    for (axis, line) in words.opposites.split(separator: "\n").enumerated() {
      let sides = line.split(separator: "|")
      guard sides.count == 2 else { continue }
      for word in sides[0].split(separator: " ") {
        poles[forms.base(String(word)).base, default: []] += [axis + 1]
      }
      for word in sides[1].split(separator: " ") {
        poles[forms.base(String(word)).base, default: []] += [-(axis + 1)]
      }
    }
    self.poles = poles
    var phrases: [String: [(words: [String], instead: [String])]] = [:]
    for line in words.phrases.split(separator: "\n") {
      let sides = line.split(separator: ">", omittingEmptySubsequences: false)
      let instead = sides.count > 1 ? sides[1].split(separator: " ").map(String.init) : []
      for phrase in (sides.first ?? "").split(separator: ",") {
        let parts = phrase.split(separator: " ").map(String.init)
        if let first = parts.first { phrases[first, default: []].append((parts, instead)) }
      }
    }
    self.phrases = phrases.mapValues { $0.sorted { $0.words.count > $1.words.count } }
    anchored = words.anchored.split(separator: "\n").map { line in
      let sides = line.split(separator: ":")
      let anchors = Set(Self.set(String(sides.first ?? "")).map { forms.base($0).base })
      return (anchors, Self.classes(String(sides.last ?? ""), forms))
    }
    fields = [
      words.code, words.light, words.courtesy, words.negations, words.markers, words.loose,
      words.alsoNames, words.capitonyms, words.floating, words.opposites,
      words.dates, words.quantities, words.comparisons, words.numbers, words.units, words.months,
      words.paraphrases, words.anchored, words.phrases, words.actions, words.questions,
      words.auxiliaries, words.pasts, words.futures, words.modals, words.persons,
      words.particleVerbs, words.particles, words.irregular, words.focus, words.deictic,
      words.articles, words.formal,
    ]
  }

  private static func set(_ text: String) -> Set<String> {
    Set(text.split(whereSeparator: { $0 == " " || $0 == "\n" }).map(String.init))
  }

  /// `word=meaning`, or a word that stands for itself.
  private static func map(_ text: String) -> [String: String] {
    var map: [String: String] = [:]
    for entry in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
      let sides = entry.split(separator: "=", maxSplits: 1).map(String.init)
      guard let word = sides.first, let meaning = sides.last else { continue }
      map[word] = meaning
    }
    return map
  }

  /// One class a line; its first word stands for all.
  private static func classes(_ text: String, _ forms: WordForms) -> [String: String] {
    var map: [String: String] = [:]
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map { forms.base(String($0)).base }
      for word in words { map[word] = words.first }
    }
    return map
  }
}

/// The lists of one language as they are written down.
protocol LexiconWords {
  static var code: String { get }
  static var light: String { get }
  static var courtesy: String { get }
  static var negations: String { get }
  static var markers: String { get }
  static var loose: String { get }
  static var alsoNames: String { get }
  static var capitonyms: String { get }
  static var floating: String { get }
  static var opposites: String { get }
  static var dates: String { get }
  static var quantities: String { get }
  static var comparisons: String { get }
  static var numbers: String { get }
  static var units: String { get }
  static var months: String { get }
  static var paraphrases: String { get }
  static var anchored: String { get }
  static var phrases: String { get }
  static var actions: String { get }
  static var questions: String { get }
  static var auxiliaries: String { get }
  static var pasts: String { get }
  static var futures: String { get }
  static var modals: String { get }
  static var persons: String { get }
  static var particleVerbs: String { get }
  static var particles: String { get }
  static var irregular: String { get }
  static var focus: String { get }
  static var deictic: String { get }
  static var articles: String { get }
  static var formal: String { get }
}
