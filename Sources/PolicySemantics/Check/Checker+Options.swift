import PolicyDiagnostics
import PolicySource
import PolicySyntax
import PolicyUnits

/// The options of a call and the shape of its request.
extension Checker {
  /// Nil after saying what is wrong.
  mutating func checkOptions(_ written: [CallOption]) -> CallOptions? {
    guard !written.isEmpty else { return CallOptions() }
    var options = CallOptions()
    var places: [CallOption.Kind: Span] = [:]
    var isSound = true
    for option in written {
      if let first = places[option.kind] {
        add(RouteProblem.repeatedPart(option.kind.rawValue.quoted, first: first), at: option.span)
        isSound = false
        continue
      }
      places[option.kind] = option.span
      if !read(option, into: &options) { isSound = false }
    }
    guard isSound else { return nil }
    return fits(options, places) ? options : nil
  }

  private mutating func read(_ option: CallOption, into options: inout CallOptions) -> Bool {
    let name = option.kind.rawValue
    switch option.kind {
    case .timeout:
      options.timeout = readDuration(option.value, of: name)
      return options.timeout != nil
    case .firstToken:
      options.firstToken = readDuration(option.value, of: name)
      return options.firstToken != nil
    case .attempts:
      options.attempts = readCount(option.value, of: name, in: 1...3).map(Int.init)
      return options.attempts != nil
    case .maxOutput:
      options.maxOutput = readCount(option.value, of: name, unit: .tokens, in: 1...Int64.max)
      return options.maxOutput != nil
    case .minOutput:
      options.minOutput = readCount(option.value, of: name, unit: .tokens, in: 1...Int64.max)
      return options.minOutput != nil
    case .effort:
      guard let word = readWord(option.value, of: name, expected: "`low`, `medium` or `high`")
      else { return false }
      guard ["low", "medium", "high"].contains(word.text) else {
        unknownValue(word, of: name, choices: ["low", "medium", "high"])
        return false
      }
      options.effort = word.text
      return true
    }
  }

  /// Whether the options agree with each other.
  private mutating func fits(
    _ options: CallOptions, _ places: [CallOption.Kind: Span]
  ) -> Bool {
    if let least = options.minOutput, let most = options.maxOutput, least > most,
      let place = places[.minOutput]
    {
      add(
        ValueProblem.outOfRange(
          "min_output", allowed: "at most `max_output`", found: "\(least) tokens"),
        at: place)
      return false
    }
    if let first = options.firstToken, let whole = options.timeout, first > whole,
      let place = places[.firstToken]
    {
      add(
        ValueProblem.outOfRange(
          "first_token", allowed: "at most `timeout`", found: written(place)),
        at: place)
      return false
    }
    return true
  }

  mutating func checkShape(_ line: ShapeLine) -> ShapeRule? {
    switch line.kind {
    case .set(let name, let value):
      return checkParameter(name, value).map { ShapeRule(kind: .set($0), span: line.span) }
    case .byDefault(let name, let value):
      return checkParameter(name, value).map { ShapeRule(kind: .byDefault($0), span: line.span) }
    case .system(let edit, .inline(let text)):
      guard nonEmpty(text, "the system text") else { return nil }
      return ShapeRule(kind: .system(edit, text: text.value), span: line.span)
    case .system(let edit, .file(let path)):
      guard let key = file(path), let text = files[key]?.text else { return nil }
      guard text.contains(where: { !$0.isWhitespace }) else {
        add(ValueProblem.emptyText("the file \(path.value.quoted)"), at: path.span)
        return nil
      }
      return ShapeRule(kind: .system(edit, text: text), span: line.span)
    }
  }

  private mutating func checkParameter(_ name: Name, _ value: Value) -> ShapeRule.Parameter? {
    switch name.text {
    case "temperature":
      return readMillionths(value, of: name.text, upTo: 2).map { .temperature($0) }
    case "top_p":
      return readMillionths(value, of: name.text, upTo: 1).map { .topP($0) }
    case "seed":
      return readCount(value, of: name.text).map { .seed($0) }
    default:
      // `top_k` is near `top_p` in letters alone.
      let isOther = ["top_k", "top_a", "min_p"].contains(name.text)
      let near =
        isOther ? nil : report.nearName(name.text, among: ["temperature", "top_p", "seed"])
      unknown(.parameter, name, near: near)
      return nil
    }
  }
}
