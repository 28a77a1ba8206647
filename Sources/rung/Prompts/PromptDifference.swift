import ContextCompression

/// Two prompts sentence by sentence.
struct PromptDifference {
  enum Line: Equatable {
    case gone(String)
    case new(String)
    case stays(Int)
  }

  let lines: [Line]

  init(_ prompts: PromptPair) {
    let before = Sentences.all(in: prompts.original)
    let after = Sentences.all(in: prompts.shorter)
    let difference = after.difference(from: before)
    var gone: Set<Int> = []
    var new: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): gone.insert(offset)
      case .insert(let offset, _, _): new.insert(offset)
      }
    }
    var lines: [Line] = []
    var kept = 0
    var (old, other) = (0, 0)
    func end() {
      if kept > 0 { lines.append(.stays(kept)) }
      kept = 0
    }
    while old < before.count || other < after.count {
      if gone.contains(old) {
        end()
        lines.append(.gone(before[old]))
        old += 1
      } else if new.contains(other) {
        end()
        lines.append(.new(after[other]))
        other += 1
      } else {
        kept += 1
        old += 1
        other += 1
      }
    }
    end()
    self.lines = lines
  }

  /// No line is wider than `width`; colours are those of terminals.
  func text(width: Int, coloured: Bool) -> [String] {
    lines.flatMap { line -> [String] in
      switch line {
      case .gone(let text): Self.wrapped(text, "- ", width, coloured ? "31" : nil)
      case .new(let text): Self.wrapped(text, "+ ", width, coloured ? "32" : nil)
      case .stays(let count): ["  … \(count) \(count == 1 ? "sentence stays" : "sentences stay")"]
      }
    }
  }

  /// Lines of words; a word that is longer than the line stands alone, cut into pieces.
  private static func wrapped(
    _ text: String, _ mark: String, _ width: Int, _ colour: String?
  ) -> [String] {
    let room = max(20, width - mark.count)
    var lines: [String] = []
    for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var line = ""
      for word in Terminal.harmless(String(part)).split(separator: " ") {
        var rest = word
        if !line.isEmpty, line.count + 1 + rest.count > room {
          lines.append(line)
          line = ""
        }
        while rest.count > room {
          lines.append(String(rest.prefix(room)))
          rest = rest.dropFirst(room)
        }
        line += line.isEmpty ? String(rest) : " " + rest
      }
      lines.append(line)
    }
    return lines.enumerated().map { number, line in
      let text = (number == 0 ? mark : "  ") + line
      return colour.map { "\u{1B}[\($0)m\(text)\u{1B}[0m" } ?? text
    }
  }
}
