import PolicyGraph
import PolicySemantics

/// Fills a text up until it, and the prompt it is part of, have the sizes wanted.
///
/// Sizes grow with every unit of filler, so the number of units is found from how much a few of them
/// add, and corrected by measuring: a handful of passes over the text, however large. Where units
/// fit one size and not another, all kinds are tried, up to some dozens of passes.
struct TextPadding {
  private let graphs: [DecisionGraph]
  private let effort: PaddingEffort
  /// Bytes; a request that would have to be larger is not built.
  static let mostBytes = 6 << 20

  init(_ graphs: [DecisionGraph], _ effort: PaddingEffort) {
    self.graphs = graphs
    self.effort = effort
  }

  struct Wanted {
    let part: TextPart
    let box: SizeBox
  }

  struct Task {
    let base: [UInt8]
    let fillers: [[UInt8]]
    /// Of the text, then perhaps of the prompt.
    let boxes: [Wanted]
    /// The prompt with this text in its place.
    let whole: ([UInt8]) -> [UInt8]
    let isSound: ([UInt8]) -> Bool

    var least: [Int64] { boxes.flatMap { $0.box.ranges.map(\.lowerBound) } }
    var most: [Int64] { boxes.flatMap { $0.box.ranges.map(\.upperBound) } }
  }

  /// Chars, tokens and lines; of the larger count where two policies count differently.
  ///
  /// What a box does not bound is not counted: tokens take a walk of their own.
  private func sizes(_ text: [UInt8], for box: SizeBox) -> [Int64] {
    let any = 0...Int64.max
    return [
      box.chars == any ? 0 : Int64(TextMeasure.scalars(of: text)),
      box.tokens == any ? 0 : graphs.map { $0.tokens(of: text) }.max() ?? 0,
      box.lines == any ? 0 : Int64(TextMeasure.lines(of: text)),
    ]
  }

  func fits(_ text: [UInt8], _ box: SizeBox) -> Bool {
    zip(sizes(text, for: box), box.ranges).allSatisfy { $0 <= $1.upperBound }
  }

  /// Nil if no filler at hand lands in the boxes.
  func padded(_ task: Task) -> [UInt8]? {
    effort.start(for: task.base.count + Int(clamping: task.least.max() ?? 0))
    let start = measure(task.base, task)
    if isOver(start, task) { return nil }
    if isMet(start, task) { return task.base }
    let tight = task.least.enumerated().contains { $1 > Int64(Self.mostBytes) && $0 % 3 != 1 }
    if tight || task.least.contains(where: { $0 > Int64(Self.mostBytes) * 5 / 4 }) { return nil }
    let units = Unit.all(task.fillers)
    for lines in needed(units.lines, start, 2, task) {
      guard let spaced = grown(task.base, by: lines, in: 2, task) else { continue }
      for chars in needed(units.chars, measure(spaced, task), 0, task) {
        guard let long = grown(spaced, by: chars, in: 0, task) else { continue }
        for tokens in needed(units.tokens, measure(long, task), 1, task) {
          guard let text = grown(long, by: tokens, in: 1, task),
            isMet(measure(text, task), task), task.isSound(text)
          else {
            if effort.isSpent { return nil }
            continue
          }
          return text
        }
      }
    }
    return nil
  }

  /// The units to try for a size; where nothing of it lacks, one stands for all.
  private func needed(
    _ units: [Unit], _ sizes: [Int64], _ size: Int, _ task: Task
  ) -> ArraySlice<Unit> {
    lack(sizes, size, task) > 0 ? units[...] : units.prefix(1)
  }

  private func measure(_ text: [UInt8], _ task: Task) -> [Int64] {
    effort.count(text.count)
    var found = sizes(text, for: task.boxes[0].box)
    if task.boxes.count > 1 { found += sizes(task.whole(text), for: task.boxes[1].box) }
    return found
  }

  private func isOver(_ sizes: [Int64], _ task: Task) -> Bool {
    zip(sizes, task.most).contains { $0 > $1 }
  }

  private func isMet(_ sizes: [Int64], _ task: Task) -> Bool {
    !isOver(sizes, task) && zip(sizes, task.least).allSatisfy { $0 >= $1 }
  }

  /// What still lacks in one of the three sizes, of the text or of the prompt.
  private func lack(_ sizes: [Int64], _ size: Int, _ task: Task) -> Int64 {
    var lack: Int64 = 0
    for index in stride(from: size, to: sizes.count, by: 3) {
      lack = max(lack, task.least[index] - sizes[index])
    }
    return lack
  }

  /// The text with the fewest units behind it that reach one of the sizes, if none is overrun.
  private func grown(_ base: [UInt8], by unit: Unit, in size: Int, _ task: Task) -> [UInt8]? {
    let start = measure(base, task)
    guard lack(start, size, task) > 0 else { return base }
    let probe: Int64 = 64
    let step = measure(unit.added(probe, to: base), task)
    // Lower and upper bounds of the number of units: too few, enough.
    var few: Int64 = 0
    var enough: Int64?
    var sizes = start
    var count: Int64 = 0
    // Of the text or of the prompt, whichever lacks.
    let lacking = stride(from: size, to: start.count, by: 3).filter {
      task.least[$0] > start[$0]
    }
    let gain = lacking.map { step[$0] - start[$0] }.min() ?? 0
    guard gain > 0 else { return nil }
    for _ in 0..<24 where !effort.isSpent {
      let short = lack(sizes, size, task)
      if short > 0 {
        // Too little of one size and too much of another: more of this unit cannot help.
        if isOver(sizes, task) { return nil }
        few = max(few, count)
        let next = count + max(1, (short * probe + gain - 1) / gain)
        count = enough.map { min(next, ($0 + few + 1) / 2) } ?? next
      } else {
        enough = min(enough ?? count, count)
        if enough == few + 1 || !isOver(sizes, task) { break }
        count = (few + count) / 2
      }
      if let enough, count >= enough { count = enough - 1 }
      if count <= few { break }
      guard count * Int64(unit.text.count) <= Int64(Self.mostBytes) else { return nil }
      sizes = measure(unit.added(count, to: base), task)
    }
    guard let enough else { return nil }
    let text = unit.added(enough, to: base)
    if !isOver(measure(text, task), task) { return text }
    // One unit is too much at once: less, and the rest in small steps.
    let short = unit.added(few, to: base)
    for tail in Unit.tails {
      let text = short + tail
      let sizes = measure(text, task)
      if lack(sizes, size, task) <= 0, !isOver(sizes, task) { return text }
    }
    return nil
  }
}

extension TextPadding {
  /// What a text is filled up with.
  struct Unit {
    let text: [UInt8]
    /// Between what is there and the first unit.
    let joint: [UInt8]

    init(_ text: String, joint: String = "") {
      self.text = Array(text.utf8)
      self.joint = Array(joint.utf8)
    }

    func added(_ count: Int64, to base: [UInt8]) -> [UInt8] {
      guard count > 0 else { return base }
      var all = base
      all.reserveCapacity(base.count + joint.count + Int(count) * text.count)
      if !base.isEmpty { all += joint }
      for _ in 0..<count { all += text }
      // A text does not end with the blank that joins its words.
      if text.count > 1, text.last == 0x20 { all.removeLast() }
      return all
    }

    static func all(_ fillers: [[UInt8]]) -> (lines: [Unit], chars: [Unit], tokens: [Unit]) {
      let words = fillers.prefix(3).map { String(decoding: $0, as: UTF8.self) }
      let prose = words.map { Unit($0 + " ", joint: " ") }
      let lines = words.map { Unit("\n" + $0) } + [Unit("\n")]
      let chars = prose + [Unit("o", joint: " "), Unit(" "), Unit("\n"), Unit(".")]
      let tokens =
        prose + [
          Unit("a ", joint: " "), Unit("."), Unit("7 ", joint: " "), Unit("漢"), Unit("🙂"),
        ]
      return (lines, chars, tokens)
    }

    static let tails: [[UInt8]] = [
      ".", "!", "?", "..", "o", "oh", "ooh", "oooh", " a", " a.", " oh", " ooh", " oooh", "...",
      "\n",
      " oooooh",
    ].map { Array($0.utf8) }
  }
}
