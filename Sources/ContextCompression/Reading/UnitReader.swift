/// Cuts a text into units: blocks that stay whole, items, sentences.
///
/// Whatever might be code, data, a diff, markup or an example is protected; in doubt it is. Linear in
/// the bytes for texts whose JSON is not nested in broken JSON; never fails.
struct UnitReader {
  let bytes: [UInt8]
  let lines: [TextLine]
  let kinds: LineKinds
  private(set) var units: [TextUnit] = []
  /// The unit that owns what follows, by level of heading; a plain title has the last level.
  private var headings: [Int?] = Array(repeating: nil, count: 8)
  private var lead: Int?
  private var exampleLevel: Int?
  /// How often JSON that does not end well is looked for in one text.
  private var jsonTries = 64
  /// Up to which line no key was found in a paragraph that begins with a bracket.
  private var keylessUntil = 0

  static func units(of bytes: [UInt8]) -> [TextUnit] {
    var reader = UnitReader(bytes)
    reader.read()
    return reader.units
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = TextLine.all(of: bytes)
    kinds = LineKinds(bytes: bytes)
  }

  private mutating func read() {
    var line = 0
    while line < lines.count {
      if lines[line].isEmpty {
        line += 1
        continue
      }
      line = block(from: line)
    }
    close()
  }

  /// Every unit reaches to the next, the first from the beginning, the last to the end.
  private mutating func close() {
    guard !units.isEmpty else { return }
    for place in units.indices {
      let start = place == 0 ? 0 : units[place].range.lowerBound
      let end = place + 1 < units.count ? units[place + 1].range.lowerBound : bytes.count
      units[place].range = start..<end
    }
    enclose()
    join()
    for place in units.indices { govern(place) }
    Passages.read(&units, of: bytes)
    for place in units.indices where units[place].dependence == .text && !units[place].isProtected {
      units[place].kind = .protected(.governing)
      units[place].governing = units[place].governing ?? Governing()
    }
  }

  /// Protects what speaks of other units.
  ///
  /// A heading and a line that leads in stay with what stands below them, and speak of no more than that
  /// unless they point there.
  private mutating func govern(_ place: Int) {
    let unit = units[place]
    switch unit.kind {
    case .table, .protected: return
    case .sentence, .item, .heading, .lead: break
    }
    guard let governing = Governing.of(bytes, unit.range) else { return }
    if unit.kind == .heading, bytes[unit.range].first(where: { !$0.isWhite }) == 0x23 {
      guard governing.back || governing.forth else { return }
    }
    if unit.kind == .lead, !Governing.reachesFar(bytes, unit.range) { return }
    units[place].kind = .protected(.governing)
    units[place].governing = governing
  }

  /// Makes one block of all units that a comment or a strike reaches over; code has marks of its own.
  private mutating func enclose() {
    let spans = MarkupSpans.all(in: bytes)
    guard !spans.isEmpty else { return }
    var enclosed: [TextUnit] = []
    enclosed.reserveCapacity(units.count)
    var numbers: [Int] = []
    numbers.reserveCapacity(units.count)
    var next = 0
    /// How far what reaches over several units goes.
    var end = 0
    for unit in units {
      while next < spans.count, spans[next].lowerBound < unit.range.lowerBound { next += 1 }
      let isInside = unit.range.lowerBound < end
      if isInside, let last = enclosed.indices.last {
        enclosed[last].range = enclosed[last].range.lowerBound..<unit.range.upperBound
        enclosed[last].kind = .protected(.markup)
      } else {
        enclosed.append(
          TextUnit(range: unit.range, kind: unit.kind, owner: unit.owner.map { numbers[$0] }))
      }
      numbers.append(enclosed.count - 1)
      if !isInside, unit.kind == .protected(.code) { continue }
      while next < spans.count, spans[next].lowerBound < unit.range.upperBound {
        if spans[next].upperBound > unit.range.upperBound { end = max(end, spans[next].upperBound) }
        next += 1
      }
    }
    // What stood below a unit of the block is not below itself.
    for place in enclosed.indices where enclosed[place].owner.map({ $0 >= place }) ?? false {
      enclosed[place].owner = nil
    }
    units = enclosed
  }

  /// A line that begins small goes on from a line that nothing ends, whatever else the two look like.
  private mutating func join() {
    var joined: [TextUnit] = []
    joined.reserveCapacity(units.count)
    var numbers: [Int] = []
    numbers.reserveCapacity(units.count)
    for unit in units {
      if let last = joined.last, last.kind != .heading,
        goesOn(from: last.range, in: unit.range)
      {
        joined[joined.count - 1].range = last.range.lowerBound..<unit.range.upperBound
        if unit.isProtected || unit.kind == .table && !last.isProtected {
          joined[joined.count - 1].kind = unit.kind
        }
      } else {
        joined.append(
          TextUnit(range: unit.range, kind: unit.kind, owner: unit.owner.map { numbers[$0] }))
      }
      numbers.append(joined.count - 1)
    }
    units = joined
  }

  private func goesOn(from last: Range<Int>, in next: Range<Int>) -> Bool {
    var newlines = 0
    var end = last.upperBound
    while end > last.lowerBound, bytes[end - 1].isWhite {
      end -= 1
      if bytes[end] == 0x0A { newlines += 1 }
    }
    guard newlines == 1, end > last.lowerBound, !Self.endsText(bytes[end - 1]),
      !Self.endsBlock(bytes[end - 1])
    else { return false }
    var first = next.lowerBound
    while first < next.upperBound, bytes[first].isBlank { first += 1 }
    return first < next.upperBound && bytes[first].isSmall && first - next.lowerBound < 4
  }

  /// Reads the block that begins at a line that is not empty; the line behind it.
  private mutating func block(from first: Int) -> Int {
    let line = lines[first]
    if let fence = kinds.fence(line) {
      var last = first + 1
      while last < lines.count, !kinds.closes(lines[last], fence) { last += 1 }
      return protect(.code, first, min(lines.count, last + 1))
    }
    let following = first + 1 < lines.count ? lines[first + 1] : nil
    if kinds.startsDiff(line, next: following) {
      var last = first + 1
      while last < lines.count, kinds.continuesDiff(lines[last]), kinds.fence(lines[last]) == nil {
        last += 1
      }
      return protect(.diff, first, last)
    }
    if let end = json(from: first) { return protect(.json, first, end) }
    if kinds.startsMarkup(line) { return protect(.markup, first, paragraphEnd(first)) }
    if let level = kinds.headingLevel(line) { return heading(level, first, first + 1) }
    if let following, kinds.isUnderline(following), line.indent < 4, kinds.columns(line) == nil {
      return heading(bytes[following.content] == 0x3D ? 1 : 2, first, first + 2)
    }
    if exampleLevel != nil || kinds.isExample(line) {
      return protect(.example, first, paragraphEnd(first))
    }
    if let end = table(from: first) {
      add(.table, line.start..<lines[end - 1].next)
      return end
    }
    if kinds.itemText(line) != nil { return item(from: first) }
    if line.indent >= 4 { return protect(.code, first, indentedEnd(first)) }
    if kinds.looksLikeCode(line) { return protect(.code, first, paragraphEnd(first)) }
    return paragraph(from: first)
  }

  // MARK: - Blocks that stay whole

  private mutating func protect(_ reason: Protection, _ first: Int, _ end: Int) -> Int {
    add(.protected(reason), lines[first].start..<lines[end - 1].next)
    return end
  }

  private func paragraphEnd(_ first: Int) -> Int {
    var last = first + 1
    while last < lines.count, !lines[last].isEmpty, kinds.fence(lines[last]) == nil { last += 1 }
    return last
  }

  private func indentedEnd(_ first: Int) -> Int {
    var last = first + 1
    while last < lines.count, !lines[last].isEmpty, lines[last].indent >= 4,
      kinds.fence(lines[last]) == nil
    {
      last += 1
    }
    return last
  }

  /// An object or array that fills its lines, or a paragraph that looks like a piece of one.
  private mutating func json(from first: Int) -> Int? {
    let line = lines[first]
    let byte = bytes[line.content]
    guard byte == 0x7B || byte == 0x5B else { return nil }
    if jsonTries > 0 {
      if let end = JSONExtent.end(in: bytes, at: line.content, before: bytes.count) {
        var last = first
        while last < lines.count, lines[last].end < end { last += 1 }
        if last < lines.count, lines[last].end == end || isTail(end, lines[last].end) {
          return last + 1
        }
      }
      jsonTries -= 1
    }
    guard byte == 0x7B || first >= keylessUntil else { return nil }
    let end = paragraphEnd(first)
    guard byte == 0x7B || hasKey(line.start..<lines[end - 1].end) else {
      keylessUntil = end
      return nil
    }
    return end
  }

  /// A comma or a semicolon behind JSON.
  private func isTail(_ start: Int, _ end: Int) -> Bool {
    end - start == 1 && (bytes[start] == 0x2C || bytes[start] == 0x3B)
  }

  private func hasKey(_ range: Range<Int>) -> Bool {
    var place = range.lowerBound + 1
    while place < range.upperBound {
      if bytes[place] == 0x3A, bytes[place - 1] == 0x22 { return true }
      place += 1
    }
    return false
  }

  private func table(from first: Int) -> Int? {
    guard let columns = kinds.columns(lines[first]) else { return nil }
    var last = first + 1
    while last < lines.count, kinds.columns(lines[last]) == columns,
      kinds.fence(lines[last]) == nil
    {
      last += 1
    }
    let least =
      if case .commas = columns { 3 } else { 2 }
    return last - first >= least ? last : nil
  }

  // MARK: - Headings

  private mutating func heading(_ level: Int, _ first: Int, _ end: Int) -> Int {
    add(.heading, lines[first].start..<lines[end - 1].next, owner: parent(of: level))
    for deeper in level..<headings.count { headings[deeper] = nil }
    headings[level] = units.count - 1
    lead = nil
    if let outer = exampleLevel, level <= outer { exampleLevel = nil }
    if exampleLevel == nil, kinds.mentionsExamples(lines[first]) { exampleLevel = level }
    return end
  }

  private func parent(of level: Int) -> Int? {
    headings[..<level].last { $0 != nil } ?? nil
  }

  private var owner: Int? { lead ?? headings.last { $0 != nil } ?? nil }

  private mutating func add(_ kind: TextUnit.Kind, _ range: Range<Int>, owner: Int?? = .none) {
    units.append(TextUnit(range: range, kind: kind, owner: owner ?? self.owner))
  }

  // MARK: - Items and paragraphs

  /// An item and the lines that continue it.
  private mutating func item(from first: Int) -> Int {
    var last = first + 1
    while last < lines.count, !lines[last].isEmpty, lines[last].indent >= 2,
      kinds.itemText(lines[last]) == nil, kinds.fence(lines[last]) == nil,
      !startsData(lines[last]), table(from: last) == nil
    {
      last += 1
    }
    let start = lines[first].start
    let end = lines[last - 1].next
    guard !kinds.holdsFence(start..<end) else { return protect(.code, first, last) }
    let text = kinds.itemText(lines[first]) ?? start
    if end - start > 400 {
      add(sentencesOf: start..<end, text: text, isItem: true)
    } else {
      let reason = SentenceReader.protection(bytes, start..<end)
      add(reason.map { .protected($0) } ?? .item, start..<end)
    }
    return last
  }

  private mutating func paragraph(from first: Int) -> Int {
    var last = first + 1
    while last < lines.count, continues(lines[last], last) { last += 1 }
    let line = lines[first]
    guard !kinds.holdsFence(line.start..<lines[last - 1].end) else {
      return protect(.code, first, last)
    }
    let isAlone = last == first + 1
    let isClosed = last == lines.count || lines[last].isEmpty
    let final = bytes[lines[last - 1].end - 1]
    if isAlone, isClosed, last < lines.count, line.end - line.content <= 80,
      !Self.endsText(final), final < 0x80, bytes[line.content].isCapital
    {
      return heading(7, first, last)
    }
    // `Before you start:` leads in what follows.
    if isAlone, final == 0x3A, last < lines.count {
      lead = nil
      add(.lead, line.start..<line.next)
      lead = units.count - 1
      return last
    }
    if kinds.itemText(line) == nil, leadEnds(before: first) { lead = nil }
    var start = first
    while start < last {
      var end = start + 1
      while end < last, isWrapped(lines[end - 1], lines[end]) { end += 1 }
      add(
        sentencesOf: lines[start].start..<lines[end - 1].next, text: lines[start].content,
        isItem: false)
      start = end
    }
    return last
  }

  private func startsData(_ line: TextLine) -> Bool {
    bytes[line.content] == 0x7B || bytes[line.content] == 0x5B
  }

  private static func endsText(_ byte: UInt8) -> Bool {
    byte == 0x2E || byte == 0x21 || byte == 0x3F || byte == 0x3A || byte == 0x3B || byte == 0x2C
  }

  /// A row, a fence, a tag, a closing bracket.
  private static func endsBlock(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x7C, 0x60, 0x7E, 0x7D, 0x5D, 0x3E: true
    default: false
    }
  }

  /// A lead reaches over one list or one paragraph.
  private func leadEnds(before line: Int) -> Bool {
    guard let lead, line > 0 else { return false }
    return lead + 1 < units.count && lines[line - 1].isEmpty
  }

  private func continues(_ line: TextLine, _ number: Int) -> Bool {
    guard !line.isEmpty, kinds.fence(line) == nil, kinds.headingLevel(line) == nil,
      kinds.itemText(line) == nil, !kinds.isExample(line), !kinds.startsMarkup(line)
    else { return false }
    if startsData(line) { return false }
    let following = number + 1 < lines.count ? lines[number + 1] : nil
    if kinds.looksLikeCode(line) || kinds.startsDiff(line, next: following) { return false }
    return table(from: number) == nil
  }

  /// Whether a line goes on in the next: nothing ends it, and it is long or the next begins small.
  private func isWrapped(_ line: TextLine, _ next: TextLine) -> Bool {
    let final = bytes[line.end - 1]
    let first = bytes[next.content]
    if first.isSmall { return true }
    if final == 0x2C || final == 0x2D { return true }
    guard !Self.endsText(final), line.end - line.start >= 60 else {
      // A full line of prose that happens to end with a sentence is read on, and cut there.
      return line.end - line.start >= 60 && !first.isDigit && !isRecord(next)
    }
    return !first.isDigit && !isRecord(next)
  }

  /// Whether a line is a record such as `Fees: free`.
  private func isRecord(_ line: TextLine) -> Bool {
    var place = line.content
    while place < line.end, place - line.content < 24, bytes[place] != 0x3A { place += 1 }
    return place < line.end && bytes[place] == 0x3A
  }

  /// The sentences of an item hang on its first one.
  private mutating func add(sentencesOf range: Range<Int>, text: Int, isItem: Bool) {
    let base = owner
    var start = range.lowerBound
    var firstOfItem: Int?
    for sentence in SentenceReader.sentences(in: bytes, from: text, to: range.upperBound) {
      let reason = SentenceReader.protection(bytes, sentence)
      units.append(
        TextUnit(
          range: start..<sentence.upperBound,
          kind: reason.map { .protected($0) } ?? .sentence,
          owner: start == range.lowerBound ? base : firstOfItem ?? base))
      if isItem, firstOfItem == nil { firstOfItem = units.count - 1 }
      start = sentence.upperBound
    }
  }
}
