import ContextCompression
import JSONWriting
import PolicySemantics
import PolicyUnits
import RoutingCompression
import RoutingDryRuns
import RoutingRuntime

/// What compressions make of one request, for a reader: sizes, the sum, and every span.
struct CompressionReport {
  let request: String
  let decision: Decision
  let compression: RequestCompression
  let policy: CheckedPolicy
  let showsDropped: Bool

  private var words: CompressionWords { CompressionWords(policy) }

  var text: String {
    var lines = [label("request") + request]
    if let route = decision.route { lines.append(label("route") + policy[route].name) }
    if compression.steps.isEmpty {
      lines.append(label("compress") + "no compression applies to this request")
    }
    for step in compression.steps { lines += self.lines(step) }
    return lines.joined(separator: "\n")
  }

  private func label(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 11 - name.count))
  }

  private func lines(_ step: RequestCompression.Step) -> [String] {
    var lines = [label("compress") + "\(step.name)  \(size(of: policy[step.id]))"]
    lines += sum(step)
    lines.append(label("result") + (step.leftAlone.map(words.words) ?? "compressed"))
    for (number, message) in step.made.messages.enumerated() {
      lines += self.lines(message, step.source[number], number + 1)
    }
    return lines
  }

  private func size(of compression: CheckedCompression) -> String {
    let size =
      switch compression.size {
      case .share(let share): "to \(Amounts.text(share)) "
      case .tokens(let tokens): "to \(Amounts.count(tokens, "token")) "
      case nil: ""
      }
    switch compression.method {
    case .model(let id): return "\(size)with \(policy[id].name)"
    case .extractive: return "\(size)with extractive"
    case .lossless: return "\(size)with lossless"
    }
  }

  // MARK: - The sum

  private func sum(_ step: RequestCompression.Step) -> [String] {
    guard let gain = step.gain else { return [] }
    let first = gain.first
    let model = policy[gain.firstModel].name
    var lines = [
      label("tokens")
        + "\(Amounts.grouped(first.before)) of all messages become \(Amounts.grouped(first.after)) "
        + "at \(model), as expected"
    ]
    if first.keptBefore > 0 {
      lines.append(
        label("discount")
          + "\(Amounts.count(first.keptBefore, "token")) the provider may know become "
          + "\(Amounts.grouped(first.keptAfter))"
          + (first.lostDiscount.map { ": \(words.amount($0)) lost" } ?? ""))
    }
    let spared = first.spared.map { "\(words.amount($0)) a call of \(model)" } ?? "unknown"
    let expected =
      gain.expected.map { " · \(words.amount($0)) as the ladder is expected to go" } ?? ""
    lines.append(label("spares") + spared + expected)
    return lines
  }

  // MARK: - Spans

  private func lines(
    _ message: CompressedMessage, _ source: ContextMessage, _ number: Int
  ) -> [String] {
    let before = source.texts.reduce(0) { $0 + $1.utf8.count }
    let after = message.texts.reduce(0) { $0 + $1.text.utf8.count }
    let head = label("message \(number)") + source.role.rawValue
    if let protection = message.protection {
      return ["\(head), \(Amounts.count(before, "byte")): \(Self.words(protection))"]
    }
    if message.isDropped {
      return ["\(head), \(Amounts.count(before, "byte")): dropped with its turn"]
        + (showsDropped ? source.texts.map { "  dropped   \(Self.shown($0[...]))" } : [])
    }
    var lines = [
      "\(head), \(Amounts.count(before, "byte")) become \(Amounts.grouped(Int64(after)))"
    ]
    for (text, made) in zip(source.texts, message.texts) where made.spans.count > 1 {
      for span in made.spans { lines += line(span, Array(text.utf8)) }
    }
    return lines
  }

  private func line(_ span: CompressionSpan, _ bytes: [UInt8]) -> [String] {
    let text = String(decoding: bytes[span.source], as: UTF8.self)
    guard text.contains(where: { !$0.isWhitespace }) else { return [] }
    let place = "bytes \(span.source.lowerBound)–\(span.source.upperBound)"
    switch span.fate {
    case .kept: return ["  kept      \(place)  \(Self.shown(text[...]))"]
    case .protected(let reason):
      return ["  kept      \(place)  \(Self.words(reason)): \(Self.shown(text[...]))"]
    case .dropped(let loss):
      var line = "  dropped   \(place)"
      if case .duplicate(let place) = loss { line += "  stands in message \(place.message + 1)" }
      return [showsDropped ? "\(line)  \(Self.shown(text[...]))" : line]
    case .rewritten(let method, let count):
      return ["  rewritten \(place)  \(Self.words(method)), \(Amounts.count(count, "byte"))"]
    case .summarised(let count):
      return ["  rewritten \(place)  a summary, \(Amounts.count(count, "byte"))"]
    }
  }

  /// The beginning of a text on one line; nothing in it speaks to a terminal.
  private static func shown(_ text: Substring) -> String {
    let scalars = text.unicodeScalars.prefix(61).map { scalar -> Character in
      scalar.value < 0x20 || scalar.value == 0x7F || (0x80..<0xA0).contains(scalar.value)
        || scalar.properties.generalCategory == .format ? " " : Character(scalar)
    }
    let line = String(scalars.prefix(60)).split(separator: " ").joined(separator: " ")
    return "“\(line)\(scalars.count > 60 ? "…" : "")”"
  }

  private static func words(_ reason: Protection) -> String {
    switch reason {
    case .rules: "rules, never touched"
    case .question: "the live question, never touched"
    case .afterQuestion: "after the question, never touched"
    case .toolCall: "makes a call, never touched"
    case .toolResult: "the result of a call, never touched"
    case .cachedPrefix: "in the prefix the provider is asked to keep, never touched"
    case .example: "an example"
    case .code: "code"
    case .diff: "a diff"
    case .json: "JSON"
    case .markup: "markup"
    case .governing: "speaks of other sentences"
    }
  }

  private static func words(_ method: LosslessMethod) -> String {
    switch method {
    case .whiteSpace: "white space"
    case .compactJSON: "compact JSON"
    case .htmlToText: "HTML as text"
    }
  }
}
