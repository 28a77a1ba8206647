import PolicyGraph
import PolicySemantics
import PolicySource

/// Texts keep what they say where they can: words are added and taken out, and only if that does not
/// do another text stands in their place.
extension RequestEdit {
  /// The request with each way its texts may be changed.
  func texts(_ input: RequestInput) -> [RequestInput] {
    var kept = input
    var replaced = input
    var joined = input
    let draft = textDraft
    for part in TextPart.parts where changed.contains(part.rawValue) {
      var texts = RequestTexts(input.messages)
      let text = texts.bytes(of: part)
      let made = draft.map { draft in
        var texts = RequestTexts(draft.input(for: regions.graphs[0]).messages)
        return String(decoding: texts.bytes(of: part), as: UTF8.self)
      }
      let old = String(decoding: text, as: UTF8.self)
      kept.put(edited(old, part, input), as: part)
      if let made {
        replaced.put(made, as: part)
        joined.put(old.isEmpty ? made : old + " " + made, as: part)
      }
    }
    var requests = [kept]
    if draft != nil { requests += [joined, replaced] }
    return requests.map { request in
      var request = request
      setMessages(of: &request)
      return request
    }
  }

  /// A request with the texts that are wanted.
  private var textDraft: RequestDraft? {
    var model = aim
    for level in model.cells.indices where !regions.space.variables[level].field.isOfTexts {
      model.cells[level] = -1
    }
    return try? regions.witnesses.builder.request(of: model)
  }

  /// The tests of a part and of the prompt whose outcome changes.
  private func tests(of part: TextPart) -> [(level: Int, probe: TextProbe, part: TextPart)] {
    regions.space.variables.indices.compactMap { level in
      guard aim[level] != own.cells[level],
        case .text(let tested, let probe) = regions.space.variables[level].field,
        tested == part || tested == .prompt
      else { return nil }
      return (level, probe, tested)
    }
  }

  private func edited(_ text: String, _ part: TextPart, _ input: RequestInput) -> String {
    var text = text
    for test in tests(of: part) where aim[test.level] == 0 {
      text = without(test.level, text, part)
    }
    for test in tests(of: part) where aim[test.level] == 1 {
      if passes(test.level, text, part) { continue }
      switch test.probe {
      case .mentions(let words), .contains(let words):
        // The shortest says the least else.
        let word = words.map(\.text).min { ($0.utf8.count, $0) < ($1.utf8.count, $1) } ?? ""
        text = text.isEmpty ? word : "\(text) \(word)"
      case .startsWith(let start):
        text = text.isEmpty ? start.text : "\(start) \(text)"
      case .matches, .has: break
      }
    }
    return sized(text, part, input)
  }

  private func passes(_ level: Int, _ text: String, _ part: TextPart) -> Bool {
    let tested =
      if case .text(let tested, _) = regions.space.variables[level].field { tested } else { part }
    let passed = try? regions.witnesses.builder.texts.probes.passed(
      by: Array(text.utf8), as: tested)
    return passed?.contains(level) == true
  }

  /// The text without the few words that make it pass a test.
  private func without(_ level: Int, _ text: String, _ part: TextPart) -> String {
    var words = text.split(separator: " ", omittingEmptySubsequences: false)
    var rounds = 0
    while passes(level, words.joined(separator: " "), part), rounds < 32, words.count < 2_000 {
      rounds += 1
      // The first words up to which it passes end in one that must go.
      var (low, high) = (0, words.count)
      while low < high {
        let middle = (low + high) / 2
        if passes(level, words[...min(middle, words.count - 1)].joined(separator: " "), part) {
          high = middle
        } else {
          low = middle + 1
        }
      }
      guard words.indices.contains(low) else { break }
      words.remove(at: low)
    }
    return words.joined(separator: " ")
  }

  /// The text filled up, or cut at its end, to the sizes wanted.
  private func sized(_ text: String, _ part: TextPart, _ input: RequestInput) -> String {
    let demand = TextDemand(regions.space, aim)
    guard demand.hasSizes else { return text }
    let boxes = [part, .prompt].map { TextPadding.Wanted(part: $0, box: demand.size(of: $0)) }
    let padding = regions.witnesses.builder.texts.padding
    func whole(_ bytes: [UInt8]) -> [UInt8] {
      var request = input
      request.put(String(decoding: bytes, as: UTF8.self), as: part)
      var texts = RequestTexts(request.messages)
      return texts.bytes(of: .prompt)
    }
    func fits(_ bytes: [UInt8]) -> Bool {
      padding.fits(bytes, boxes[0].box) && padding.fits(whole(bytes), boxes[1].box)
    }
    var base = text
    if !fits(Array(base.utf8)) {
      let characters = Array(text)
      var (low, high) = (0, characters.count)
      while low < high {
        let middle = (low + high + 1) / 2
        if fits(Array(String(characters[..<middle]).utf8)) {
          low = middle
        } else {
          high = middle - 1
        }
      }
      base = String(characters[..<low])
    }
    let words = FillerWords.words(demand.language).map { Array($0.utf8) }
    func padded(_ boxes: [TextPadding.Wanted]) -> [UInt8]? {
      padding.padded(
        TextPadding.Task(
          base: Array(base.utf8), fillers: words, boxes: boxes, whole: whole,
          isSound: { _ in true }))
    }
    // No longer than it has to be, if filler at hand lands there.
    let tight = boxes.map { TextPadding.Wanted(part: $0.part, box: leastGrown($0.box, $0.part)) }
    let text = padded(tight) ?? padded(boxes)
    return text.map { String(decoding: $0, as: UTF8.self) } ?? base
  }

  /// Sizes that have to grow, at their least.
  private func leastGrown(_ box: SizeBox, _ part: TextPart) -> SizeBox {
    func grows(_ field: AnalysisField) -> Bool {
      regions.space.level(of: field).map { aim.cells[$0] > own.cells.cells[$0] } ?? false
    }
    var box = box
    if grows(.chars(part)) { box.chars = box.chars.lowerBound...box.chars.lowerBound }
    if grows(.tokens(part)) { box.tokens = box.tokens.lowerBound...box.tokens.lowerBound }
    if grows(.lines(part)) { box.lines = box.lines.lowerBound...box.lines.lowerBound }
    return box
  }

  /// More messages are empty ones before the rest; fewer leave the first out.
  private func setMessages(of input: inout RequestInput) {
    guard changed.contains("messages") else { return }
    func wanted(_ field: AnalysisField, _ now: Int) -> Int {
      let number = regions.space.cell(of: field, in: aim)?.number(nearest: Int64(now))
      return min(Int(clamping: number ?? Int64(now)), Int(RequestBuilder.mostItems))
    }
    var turns = input.messages.count { $0.role == .user }
    let wantedTurns = wanted(.turn, turns)
    while turns < wantedTurns {
      input.messages.insert(.init(role: .user, text: ""), at: 0)
      turns += 1
    }
    while turns > max(1, wantedTurns),
      let first = input.messages.firstIndex(where: { $0.role == .user })
    {
      input.messages.remove(at: first)
      turns -= 1
    }
    let count = wanted(.messages, input.messages.count)
    while input.messages.count < count {
      input.messages.insert(.init(role: .assistant, text: ""), at: 0)
    }
    let question = input.messages.last { $0.role == .user }
    while input.messages.count > max(count, question == nil ? 0 : 1),
      let spare = input.messages.firstIndex(where: { $0.role != .user })
    {
      input.messages.remove(at: spare)
    }
  }
}

extension RequestInput {
  /// Puts a text where a part is read; other messages of the part are left out.
  fileprivate mutating func put(_ text: String, as part: TextPart) {
    let question = messages.lastIndex { $0.role == .user }
    let places = messages.indices.filter { index in
      let isSystem = messages[index].role == .system || messages[index].role == .developer
      return switch part {
      case .question: index == question
      case .system: isSystem
      case .context: !isSystem && index != question
      case .prompt: false
      }
    }
    if let last = places.last {
      messages[last].text = text
      // A message without a text stays, so that their number does.
      for place in places.dropLast() { messages[place].text = "" }
      return
    }
    guard !text.isEmpty else { return }
    switch part {
    case .question: messages.append(.init(role: .user, text: text))
    case .system: messages.insert(.init(role: .system, text: text), at: 0)
    case .context:
      messages.insert(.init(role: .assistant, text: text), at: question ?? messages.endIndex)
    case .prompt: break
    }
  }
}
