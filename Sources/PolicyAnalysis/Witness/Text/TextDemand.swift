import PolicySemantics
import PolicySource

/// What an assignment asks of the texts of a request.
struct TextDemand {
  /// The levels of tests that must pass, by part, in the order of the space.
  private(set) var required: [TextPart: [Int]] = [:]
  /// The levels of tests that must fail.
  private(set) var forbidden: [TextPart: Set<Int>] = [:]
  private var sizes: [TextPart: SizeBox] = [:]
  /// How many messages, and how many of them from the user.
  private(set) var messages: ClosedRange<Int64> = 1...Int64.max
  private(set) var turns: ClosedRange<Int64> = 0...Int64.max
  /// The language the question must have; nil where it does not matter.
  private(set) var language: Language?
  /// Every level above, by part; those of counts and language belong to the prompt.
  private(set) var levels: [TextPart: [Int]] = [:]

  enum Language: Hashable {
    case code(String)
    /// None of these.
    case except(Set<String>)
  }

  init(_ space: FieldSpace, _ model: DiagramModel) {
    for (level, variable) in space.variables.enumerated() {
      guard let index = model[level], variable.cells.indices.contains(index) else { continue }
      add(variable, variable.cells[index], level)
    }
  }

  private mutating func add(_ variable: FieldVariable, _ cell: FieldCell, _ level: Int) {
    switch variable.field {
    case .text(let part, _):
      if cell == .yes {
        required[part, default: []].append(level)
      } else {
        forbidden[part, default: []].insert(level)
      }
      levels[part, default: []].append(level)
    case .chars(let part): bound(\.chars, of: part, cell, level)
    case .tokens(let part): bound(\.tokens, of: part, cell, level)
    case .lines(let part): bound(\.lines, of: part, cell, level)
    case .messages:
      if case .range(let range) = cell { messages = range }
      levels[.prompt, default: []].append(level)
    case .turn:
      if case .range(let range) = cell { turns = range }
      levels[.prompt, default: []].append(level)
    case .language:
      switch cell {
      case .name(let code): language = .code(code.text)
      case .otherName:
        let codes = variable.cells.compactMap { cell in
          if case .name(let code) = cell { code.text } else { nil }
        }
        language = .except(Set(codes))
      case .no, .yes, .range, .label, .absent: break
      }
      levels[.question, default: []].append(level)
    case .stream, .healthy, .format, .weekday, .hour, .date, .maxTokens, .temperature, .tools,
      .images, .budgetUsed, .model, .identity, .fact, .classifier, .tool:
      break
    }
  }

  private mutating func bound(
    _ size: WritableKeyPath<SizeBox, ClosedRange<Int64>>, of part: TextPart, _ cell: FieldCell,
    _ level: Int
  ) {
    guard case .range(let range) = cell else { return }
    sizes[part, default: SizeBox()][keyPath: size] = range
    levels[part, default: []].append(level)
  }

  func size(of part: TextPart) -> SizeBox { sizes[part] ?? SizeBox() }

  var hasSizes: Bool { !sizes.isEmpty }

  /// Whether a part may have any text: the prompt holds them all.
  func mayHaveText(_ part: TextPart) -> Bool {
    guard size(of: part).mayHaveText, size(of: .prompt).mayHaveText else { return false }
    switch part {
    case .question: return turns.upperBound >= 1
    case .system, .context: return messages.upperBound >= 2 || turns.upperBound == 0
    case .prompt: return true
    }
  }

  /// Every level that has a say in what a part holds.
  func levels(around part: TextPart) -> [Int] {
    (levels[part] ?? []) + (part == .prompt ? [] : levels[.prompt] ?? [])
  }
}

/// The sizes a text may have.
struct SizeBox: Hashable {
  var chars: ClosedRange<Int64> = 0...Int64.max
  var tokens: ClosedRange<Int64> = 0...Int64.max
  var lines: ClosedRange<Int64> = 0...Int64.max

  var mayHaveText: Bool {
    chars.upperBound > 0 && tokens.upperBound > 0 && lines.upperBound > 0
  }

  /// Least and most of chars, tokens and lines.
  var ranges: [ClosedRange<Int64>] { [chars, tokens, lines] }
}
