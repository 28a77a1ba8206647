/// Drops what the question does not need, until a size is met.
struct Extraction {
  private let source: ContextSource
  /// The units of all texts one after the other, with owners counted likewise.
  private var units: [Unit] = []
  private var isKept: [Bool] = []
  /// Whether something of each text is kept.
  private var hasKept: [Bool] = []
  private var kept = 0
  private let bonds: Bonds
  /// How often a unit is still looked at for what stays with it; behind that, no more is kept.
  private var steps = 8_000_000

  private struct Unit {
    let text: Int
    let range: Range<Int>
    let kind: TextUnit.Kind
    let owner: Int?
    /// Whether the same paragraph stands further up.
    let isDuplicate: Bool
    let governing: Governing?

    var isProtected: Bool {
      if case .protected = kind { true } else { false }
    }
    var isRanked: Bool {
      switch kind {
      case .sentence, .item, .table: !isDuplicate
      case .heading, .lead, .protected: false
      }
    }
  }

  /// What is left of each text, nil in the place of one whose turn goes; nil for all if the question
  /// gives no ground to choose by.
  ///
  /// `Translate it.` and `Fix the typos.` are asked of the whole.
  static func texts(
    of source: ContextSource, to size: TargetSize
  ) -> [ContextSource.MadeText?]? {
    var extraction = Extraction(source)
    guard extraction.choose(size) else { return nil }
    return extraction.made()
  }

  private init(_ source: ContextSource) {
    self.source = source
    let duplicates = Duplicates.find(in: source.texts)
    var members: [Bonds.Member] = []
    for (number, text) in source.texts.enumerated() {
      let base = units.count
      for (place, unit) in text.units.enumerated() {
        units.append(
          Unit(
            text: number, range: unit.range, kind: unit.kind,
            owner: unit.owner.map { $0 + base }, isDuplicate: duplicates[number][place] != nil,
            governing: unit.governing))
        members.append(
          Bonds.Member(
            text: number, section: unit.section, owner: unit.owner.map { $0 + base },
            dependence: unit.dependence, isHeading: unit.kind == .heading))
      }
    }
    bonds = Bonds(members)
    isKept = Array(repeating: false, count: units.count)
    hasKept = Array(repeating: false, count: source.texts.count)
  }

  // MARK: - Choosing

  /// Whether there is something to choose by.
  private mutating func choose(_ size: TargetSize) -> Bool {
    for unit in units.indices where units[unit].isProtected { keep([unit]) }
    keep(bonds.standing)
    for unit in units.indices { keepPointedAt(by: unit) }
    // What stays because of what must stay takes nothing from the rest.
    let room =
      kept
      + size.bytes(
        droppable: slices { !isKept[$0] }, fixed: slices { isKept[$0] })
    guard let scores = self.scores() else { return false }
    let order = units.indices.filter { units[$0].isRanked }.sorted {
      scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1]
    }
    let places = Places(self, scores)
    for turn in places.standing { keep([turn]) }
    for unit in order where !isKept[unit] {
      let all = [unit] + places.company(of: unit, in: self)
      // What is asked for is not left out because it is long, or because of all that stays with it.
      let left = unit == order.first ? .max : room - kept
      guard steps > 0, let company = company(of: all, room: left) else { continue }
      for unit in company { mark(unit) }
    }
    return true
  }

  /// How much of a heading counts for what stands below it.
  private static let mostOfOwner = 256

  /// How far a sentence is followed to what it points at.
  private static let farthest = 64

  /// Keeps what a sentence points at, as far as it takes for it to go on pointing there: the nearest
  /// unit, the nearest table, or all up to the next heading where it counts them.
  private mutating func keepPointedAt(by unit: Int) {
    guard let governing = units[unit].governing else { return }
    for (points, step) in [(governing.back, -1), (governing.forth, 1)] where points {
      var nearest: Int?
      var place = unit + step
      for _ in 0..<Self.farthest {
        guard units.indices.contains(place) else { break }
        let isHeading = units[place].kind == .heading
        if governing.counts, nearest != nil, isHeading || units[place].text != units[unit].text {
          break
        }
        if governing.table {
          if nearest == nil, !isHeading { nearest = place }
          if units[place].kind == .table {
            nearest = place
            break
          }
        } else if !isHeading {
          nearest = place
          keep([place])
          if !governing.counts { break }
        }
        place += step
      }
      if let nearest { keep([nearest]) }
    }
  }

  /// The units that stand for their texts: where something of a turn is kept, every text of it keeps
  /// something.
  private struct Places {
    /// The best unit of each text.
    private var best: [Int]
    private var textsOfTurn: [Int: [Int]] = [:]
    /// The best units of texts that cannot go with their turn and hold nothing that stays.
    private(set) var standing: [Int] = []

    init(_ extraction: Extraction, _ scores: [Double]) {
      let texts = extraction.source.texts
      best = Array(repeating: -1, count: texts.count)
      var holds = Array(repeating: false, count: texts.count)
      for unit in extraction.units.indices {
        let text = extraction.units[unit].text
        if extraction.isKept[unit] { holds[text] = true }
        let isBetter =
          best[text] < 0
          || extraction.units[unit].isRanked && !extraction.units[best[text]].isRanked
          || extraction.units[unit].isRanked && scores[unit] > scores[best[text]]
        if isBetter { best[text] = unit }
      }
      for (number, text) in texts.enumerated() {
        guard let turn = extraction.source.turns[text.message] else {
          if !holds[number] { standing.append(best[number]) }
          continue
        }
        textsOfTurn[turn, default: []].append(number)
      }
      // What is protected keeps its turn.
      for texts in textsOfTurn.values where texts.contains(where: { holds[$0] }) {
        for text in texts where !holds[text] { standing.append(best[text]) }
      }
      standing.sort()
    }

    /// What has to be kept with the first unit of a turn.
    func company(of unit: Int, in extraction: Extraction) -> [Int] {
      let text = extraction.units[unit].text
      guard let turn = extraction.source.turns[extraction.source.texts[text].message],
        let texts = textsOfTurn[turn], texts.count > 1,
        !texts.contains(where: { extraction.hasKept[$0] })
      else { return [] }
      return texts.filter { $0 != text }.map { best[$0] }
    }
  }

  private func slices(_ isWanted: (Int) -> Bool) -> [ArraySlice<UInt8>] {
    units.indices.filter(isWanted).map { source.texts[units[$0].text].bytes[units[$0].range] }
  }

  private mutating func company(of all: [Int], room: Int = .max) -> [Int]? {
    bonds.company(
      of: all, room: room, bytes: { units[$0].range.count }, isKept: { isKept[$0] }, steps: &steps)
  }

  /// Keeps units and whatever has to stay with them.
  private mutating func keep(_ all: [Int]) {
    for unit in company(of: all) ?? [] { mark(unit) }
  }

  private mutating func mark(_ unit: Int) {
    isKept[unit] = true
    hasKept[units[unit].text] = true
    kept += units[unit].range.count
  }

  /// How much each unit is needed: by the question's words, by what it has in common with others.
  ///
  /// Nil if the question has no word that says something and stands in a text.
  private func scores() -> [Double]? {
    let ranked = units.indices.filter { units[$0].isRanked }
    var index = UnitIndex(bytes: source.texts.reduce(0) { $0 + $1.bytes.count })
    for unit in ranked {
      var ranges = [units[unit].range]
      var next = units[unit].owner
      while let owner = next, ranges.count < 4 {
        switch units[owner].kind {
        case .heading, .lead:
          let whole = units[owner].range
          ranges.append(
            whole.lowerBound..<min(whole.upperBound, whole.lowerBound + Self.mostOfOwner))
        case .sentence, .item, .table, .protected: break
        }
        next = units[owner].owner
      }
      index.add(source.texts[units[unit].text].bytes, ranges)
    }
    let questions = source.questions
    guard index.hasGround(for: questions.live) else { return nil }
    var asked = index.terms(of: questions.live).map { (term: $0, weight: 1.0) }
    // `And if it still does not arrive?` is asked of what was said before.
    if questions.earlier.count <= 400 {
      asked += index.terms(of: questions.earlier).map { (term: $0, weight: 0.3) }
    }
    let matches = spread(UnitRanks.matches(index, asked), over: ranked)
    let central = UnitRanks.central(index, from: matches)
    let (topMatch, topCentral) = (matches.max() ?? 0, central.max() ?? 0)
    let wantsNumber = QuestionWords.asksForNumber(questions.live)
    var scores = Array(repeating: 0.0, count: units.count)
    for (place, unit) in ranked.enumerated() {
      var score = topMatch > 0 ? matches[place] / topMatch : 0
      if topCentral > 0 { score += 0.35 * central[place] / topCentral }
      if wantsNumber, hasDigit(unit) { score += 0.15 }
      scores[unit] = score
    }
    return scores
  }

  /// What stands beside a sentence that is asked for is often the answer.
  private func spread(_ matches: [Double], over ranked: [Int]) -> [Double] {
    matches.indices.map { place in
      var beside = 0.0
      if place > 0, areNeighbours(ranked[place - 1], ranked[place]) {
        beside = matches[place - 1]
      }
      if place + 1 < matches.count, areNeighbours(ranked[place], ranked[place + 1]) {
        beside = max(beside, matches[place + 1])
      }
      return matches[place] + 0.25 * beside
    }
  }

  private func areNeighbours(_ a: Int, _ b: Int) -> Bool {
    units[a].text == units[b].text && b - a == 1 && units[a].owner == units[b].owner
  }

  private func hasDigit(_ unit: Int) -> Bool {
    source.texts[units[unit].text].bytes[units[unit].range].contains { $0.isDigit }
  }

  // MARK: - Pieces

  private func made() -> [ContextSource.MadeText?] {
    var result: [ContextSource.MadeText?] = Array(
      repeating: ContextSource.MadeText(), count: source.texts.count)
    var start = 0
    while start < units.count {
      let text = units[start].text
      var end = start
      while end < units.count, units[end].text == text { end += 1 }
      result[text] = hasKept[text] ? pieces(start..<end, of: text) : nil
      start = end
    }
    return result
  }

  /// A dropped unit leaves the end of its line or its empty line, where what is kept before it has
  /// none of its own.
  private func pieces(_ range: Range<Int>, of text: Int) -> ContextSource.MadeText {
    let bytes = source.texts[text].bytes
    var made = ContextSource.MadeText()
    /// The newlines that end what is kept so far; nil if that is nothing.
    var newlines: Int?
    let lastKept = range.last { isKept[$0] } ?? range.lowerBound
    for unit in range {
      let whole = units[unit].range
      let seen = max(whole.lowerBound, Duplicates.visible(bytes, whole).upperBound)
      let tail = seen..<whole.upperBound
      if isKept[unit] {
        let fate: CompressionSpan.Fate =
          if case .protected(let reason) = units[unit].kind { .protected(reason) } else { .kept }
        if unit == lastKept, unit + 1 < range.upperBound {
          made.pieces.append(.init(source: whole.lowerBound..<seen, fate: fate))
          made.pieces.append(.init(source: tail, fate: .dropped(.notNeeded)))
        } else {
          made.pieces.append(.init(source: whole, fate: fate))
        }
        newlines = bytes[tail].count { $0 == 0x0A }
        continue
      }
      var rest = tail.lowerBound
      var missing = tail.upperBound
      if let ending = newlines, ending < 2, unit < lastKept {
        // Behind as many newlines as stand there already.
        var found = 0
        while found < ending, rest < tail.upperBound {
          if bytes[rest] == 0x0A { found += 1 }
          rest += 1
        }
        let left = bytes[rest..<tail.upperBound].count { $0 == 0x0A }
        if left > 0 {
          missing = rest
          newlines = ending + left
        }
      }
      made.pieces.append(.init(source: whole.lowerBound..<missing, fate: .dropped(.notNeeded)))
      made.pieces.append(.init(source: missing..<tail.upperBound, fate: .kept))
    }
    return made
  }
}
