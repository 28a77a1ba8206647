/// What changes between two texts, as `diff -u` prints it.
enum UnifiedDiff {
  /// Lines around a change.
  private static let context = 3

  /// Empty if nothing changes.
  ///
  /// O(lines of the changed middle, squared).
  static func text(_ old: String, _ new: String, path: String) -> String {
    let (before, after) = (lines(old), lines(new))
    let start = zip(before, after).prefix { $0 == $1 }.count
    let rest = min(before.count, after.count) - start
    let end = zip(before.reversed(), after.reversed()).prefix(rest).prefix { $0 == $1 }.count
    let steps =
      (0..<start).map { Step.keep(before[$0]) }
      + middle(
        Array(before[start..<(before.count - end)]), Array(after[start..<(after.count - end)]))
      + before.suffix(end).map { Step.keep($0) }
    let hunks = hunks(steps)
    guard !hunks.isEmpty else { return "" }
    return (["--- a/\(path)", "+++ b/\(path)"] + hunks).joined(separator: "\n") + "\n"
  }

  private enum Step {
    case keep(Substring)
    case drop(Substring)
    case add(Substring)

    var isKept: Bool { if case .keep = self { true } else { false } }
  }

  private static func lines(_ text: String) -> [Substring] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// By the longest common subsequence; what goes stands before what comes.
  private static func middle(_ old: [Substring], _ new: [Substring]) -> [Step] {
    var common = Array(repeating: Array(repeating: 0, count: new.count + 1), count: old.count + 1)
    for i in old.indices.reversed() {
      for j in new.indices.reversed() {
        common[i][j] =
          old[i] == new[j] ? common[i + 1][j + 1] + 1 : max(common[i + 1][j], common[i][j + 1])
      }
    }
    var steps: [Step] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      if i < old.count, j < new.count, old[i] == new[j] {
        steps.append(.keep(old[i]))
        (i, j) = (i + 1, j + 1)
      } else if i < old.count, j == new.count || common[i + 1][j] >= common[i][j + 1] {
        steps.append(.drop(old[i]))
        i += 1
      } else {
        steps.append(.add(new[j]))
        j += 1
      }
    }
    return steps
  }

  private static func hunks(_ steps: [Step]) -> [String] {
    var ranges: [Range<Int>] = []
    for index in steps.indices where !steps[index].isKept {
      let range = max(0, index - context)..<min(steps.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    return ranges.map { range in
      let before = steps[..<range.lowerBound]
      let old = before.count { if case .add = $0 { false } else { true } }
      let new = before.count { if case .drop = $0 { false } else { true } }
      let part = steps[range]
      let oldCount = part.count { if case .add = $0 { false } else { true } }
      let newCount = part.count { if case .drop = $0 { false } else { true } }
      let head = "@@ -\(place(old, oldCount)) +\(place(new, newCount)) @@"
      return ([head] + part.map(line)).joined(separator: "\n")
    }
  }

  private static func place(_ before: Int, _ count: Int) -> String {
    let start = count == 0 ? before : before + 1
    return count == 1 ? "\(start)" : "\(start),\(count)"
  }

  private static func line(_ step: Step) -> String {
    switch step {
    case .keep(let line): " " + line
    case .drop(let line): "-" + line
    case .add(let line): "+" + line
    }
  }
}
