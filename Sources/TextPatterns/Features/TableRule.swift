/// Tables, line after line.
struct TableRule {
  private var previousBars = 0
  /// How many lines in a row have this many tabs or tight commas.
  private var tabs = Run()
  private var commas = Run()

  private struct Run {
    private var count = 0
    private var lines = 0
    private var start = 0

    /// True once three lines in a row hold the same number, at least `least`.
    mutating func add(_ found: Int, least: Int, at offset: Int) -> Int? {
      if found != count || found < least {
        count = found
        lines = 0
        start = offset
      }
      lines += 1
      return lines >= 3 && count >= least ? start : nil
    }
  }

  /// The place of a table that this line completes.
  mutating func read(_ line: TextLine) -> Range<Int>? {
    let bars = line.count(of: UInt8(ascii: "|"))
    defer { previousBars = bars }
    if bars > 0, previousBars > 0, isRule(line, of: "|-: ") { return line.range }
    if isDrawn(line) { return line.range }
    if line.contains("<table", anyCase: true) { return line.range }
    if let start = tabs.add(innerTabs(line), least: 1, at: line.range.lowerBound) {
      return start..<line.range.upperBound
    }
    if let start = commas.add(tightCommas(line), least: 2, at: line.range.lowerBound) {
      return start..<line.range.upperBound
    }
    return nil
  }

  /// Made of these bytes only, three dashes among them.
  private func isRule(_ line: TextLine, of allowed: StaticString) -> Bool {
    line.range.allSatisfy { ASCII.isOne(of: allowed, line.text[$0]) } && line.contains("-")
  }

  /// `+-----+-----+`, or the same drawn with box characters.
  private func isDrawn(_ line: TextLine) -> Bool {
    line.first == UInt8(ascii: "+") && line.last == UInt8(ascii: "+")
      && line.count(of: UInt8(ascii: "+")) >= 3 && isRule(line, of: "+-=")
      || line.starts(with: "┌─") || line.starts(with: "╔═")
      || line.starts(with: "├─")
        && line.contains("┼")
  }

  private func innerTabs(_ line: TextLine) -> Int { line.count(of: 0x09) }

  /// Commas without white space after them; 0 if one has it.
  private func tightCommas(_ line: TextLine) -> Int {
    var count = 0
    for offset in line.range where line.text[offset] == UInt8(ascii: ",") {
      if ASCII.isSpace(line.text[offset + 1]), offset + 1 < line.range.upperBound {
        return 0
      }
      count += 1
    }
    return count
  }
}
