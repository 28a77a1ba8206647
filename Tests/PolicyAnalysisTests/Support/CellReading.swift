import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits
import TextPatterns
import TokenEstimates

@testable import PolicyAnalysis

/// Reads which cell of each variable a request is in, straight from the request.
///
/// Shares nothing with the analysis but the variables themselves.
final class CellReading {
  private let space: FieldSpace
  private let policy: CheckedPolicy
  private var scans: [Int: TextScan] = [:]

  init(_ space: FieldSpace, _ graph: DecisionGraph) throws {
    self.space = space
    policy = graph.policy
    for level in space.variables.indices {
      guard case .text(_, let probe) = space.variables[level].field else { continue }
      scans[level] = TextScan(of: try PatternSet([Self.pattern(probe)]))
    }
  }

  /// By level; nil for facts, budgets and classifiers, which no tie reads.
  func cells(_ input: RequestInput) -> [Int?] {
    var texts = RequestTexts(input.messages)
    return space.variables.indices.map { level in
      let variable = space.variables[level]
      switch variable.field {
      case .text(let part, _):
        return holds(level, texts.bytes(of: part)) ? 1 : 0
      case .chars(let part):
        let text = String(decoding: texts.bytes(of: part), as: UTF8.self)
        return variable.cell(of: Int64(text.unicodeScalars.count))
      case .tokens(let part):
        return variable.cell(of: tokens(texts.bytes(of: part)))
      case .lines(let part):
        return variable.cell(of: Self.lines(texts.bytes(of: part)))
      case .messages: return variable.cell(of: Int64(input.messages.count))
      case .turn:
        return variable.cell(of: Int64(input.messages.count { $0.role == .user }))
      case .tools: return variable.cell(of: Int64(input.toolNames.count))
      case .tool(let name): return input.toolNames.contains { Self.same($0, name.text) } ? 1 : 0
      case .hour: return variable.cell(of: Int64(input.moment.hour))
      case .date: return variable.cell(of: input.moment.date.daysSince1970)
      case .weekday: return variable.cells.firstIndex(of: .label(input.moment.weekday.rawValue))
      case .identity(.key): return variable.cell(ofName: input.key)
      case .identity(.tenant): return variable.cell(ofName: input.tenant ?? input.key)
      case .identity(.user): return variable.cell(ofName: input.user)
      case .identity(.conversation): return variable.cell(ofName: input.conversation)
      case .stream, .healthy, .format, .maxTokens, .temperature, .images, .budgetUsed, .model,
        .language, .fact, .classifier:
        return nil
      }
    }
  }

  private func holds(_ level: Int, _ bytes: [UInt8]) -> Bool {
    scans[level]?.start()
    return (try? scans[level]?.holds(0, in: bytes.span)) == true
  }

  private func tokens(_ bytes: [UInt8]) -> Int64 {
    let family = TokenFamily(rawValue: policy.vocabulary.referenceTokenizer.rawValue)
    return TokenEstimate(text: bytes.span, family: family ?? .generic).high
  }

  private static func lines(_ bytes: [UInt8]) -> Int64 {
    let newlines = Int64(bytes.count { $0 == 0x0a })
    return bytes.isEmpty || bytes.last == 0x0a ? newlines : newlines + 1
  }

  private static func pattern(_ probe: TextProbe) -> TextPattern {
    switch probe {
    case .mentions(let words): .mentions(words.map(\.text))
    case .contains(let texts): .contains(texts.map(\.text))
    case .startsWith(let text): .startsWith(text.text)
    case .matches(let pattern): .matches(pattern.text)
    case .has(let feature):
      .has(TextFeatureKind.allCases.filter { $0.rawValue == feature.rawValue })
    }
  }

  static func same(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }
}

extension FieldVariable {
  func cell(of number: Int64) -> Int? {
    cells.firstIndex { cell in
      guard case .range(let range) = cell else { return false }
      return range.contains(number)
    }
  }

  func cell(ofName name: String?) -> Int? {
    guard let name else { return cells.firstIndex(of: .absent) }
    return cells.firstIndex { cell in
      guard case .name(let known) = cell else { return false }
      return CellReading.same(known.text, name)
    } ?? cells.firstIndex(of: .otherName)
  }
}
