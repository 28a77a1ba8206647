import PolicySemantics
import PolicySyntax

// Ladders and routes.
extension CursorContext {
  var ladderOffers: [Offer] {
    let lines: [Offer] = startsLine || line.isEmpty ? [.snippets(Snippets.ladderLines)] : []
    guard let head = line.first?.text else { return lines }
    if head == "on" {
      switch last {
      case "on": return [.keywords(["exhausted", "filtered", "failed"])]
      case "exhausted": return [.keywords(["return", "fail"])]
      case "return": return [.keywords(["best", "last"])]
      case "filtered": return [.keywords(["climb"])]
      case "failed": return [.keywords(["stop"])]
      default: return lines
      }
    }
    guard head == "tier", line.count > 1 else { return head == "tier" ? [.models] : lines }
    if last == "accept" || last == "and" { return [.symbols([.gate])] }
    if let value = optionValue { return value }
    let accepting = texts.contains("accept")
    return [.keywords([accepting ? "and" : "accept"]), .fields(ParameterWords.options)] + lines
  }

  /// What may follow the word of an option; nil if none stands at the end.
  private var optionValue: [Offer]? {
    if line.last?.isNumber == true {
      let option = line.dropLast().last?.text
      return option == "max_output" || option == "min_output" ? [.units(["tokens"])] : nil
    }
    switch last {
    case "timeout", "first_token": return [.snippets(Snippets.durations)]
    case "attempts": return [.values(["2", "3"])]
    case "max_output", "min_output": return []
    case "effort": return [.values(["low", "medium", "high"])]
    default: return nil
    }
  }

  private static let targets: [Offer] = [.symbols([.ladder]), .models, .values(["requested"])]

  /// In a `use`, from the word itself on.
  private var useOffers: [Offer] {
    let failures = CallFailure.allCases.map(\.rawValue)
    if line.last?.lexeme == .symbol(.leftParenthesis) || last == "," { return [.values(failures)] }
    switch last {
    case "use": return Self.targets
    case "fallback": return Self.targets + [.keywords(["on"])]
    case "on": return [.values(failures)]
    default: break
    }
    if unclosed(line[...]) != nil { return [] }
    if last == ")" || line.dropLast().last?.text == "on" { return Self.targets }
    if let value = optionValue { return value }
    return [.fields(ParameterWords.options), .keywords(["fallback"])]
  }

  func routeOffers(_ snippets: [Snippet]) -> [Offer] {
    let lines: [Offer] = startsLine || line.isEmpty ? [.snippets(snippets)] : []
    switch line.first?.text {
    case nil: return lines
    case "use": return isOpenUse ? useOffers : lines + useOffers
    case "cache": return cacheOffers + (isOpen(line[...]) ? [] : lines)
    case "set", "default":
      return line.count == 1 ? [.fields(ParameterWords.parameters)] : lines
    case "prepend", "append", "replace":
      switch last {
      case "prepend", "append", "replace": return [.keywords(["system"])]
      case "system": return [.keywords(["file"])]
      default: return lines
      }
    case "compress": return line.count == 1 ? [.symbols([.compression])] : lines
    case "batch": return batchOffers + lines
    case "stick":
      if last == "stick" { return [.keywords(["for"])] }
      return last == "for" ? [.snippets(Snippets.durations)] : lines
    case "stop": return stopOffers(lines)
    case "shadow":
      if line.last?.lexeme == .share { return [.keywords(["use"])] }
      return line.count == 1 ? [] : useOffers + lines
    case "split":
      if last == "split" { return [.keywords(["by"])] }
      return last == "by" ? [.values(Identity.allCases.map(\.rawValue) + ["request"])] : lines
    default: return lines
    }
  }

  /// Whether a target must still come.
  private var isOpenUse: Bool {
    ["use", "fallback", "on", ",", "("].contains(last ?? "") || unclosed(line[...]) != nil
  }

  private var cacheOffers: [Offer] {
    switch last {
    case "cache": return [.keywords(["exact", "similar"])]
    case "exact": return [.keywords(["for"])]
    case "by": return [.embedders]
    case "for": return [.snippets(Snippets.durations)]
    case "per": return [.values(Identity.allCases.map(\.rawValue))]
    default: break
    }
    if line.last?.lexeme == .duration { return [.keywords(["per", "shared"])] }
    if line.last?.isNumber == true { return [.keywords(["by"])] }
    return line.dropLast().last?.text == "by" ? [.keywords(["for"])] : []
  }

  private var batchOffers: [Offer] {
    switch last {
    case "batch": return [.keywords(["up to"])]
    case "up": return [.keywords(["to"])]
    case "within": return [.snippets(Snippets.durations)]
    default: return line.last?.isNumber == true ? [.keywords(["within"])] : []
    }
  }

  private func stopOffers(_ lines: [Offer]) -> [Offer] {
    if let condition = pieces(after: "when") {
      let going = conditionOffers(condition, of: .runningAnswer)
      return isOpen(condition) ? going : going + lines
    }
    if line.count == 1 { return [.keywords(["when", "after"])] }
    if line.last?.isNumber == true { return [.units(["tokens"])] }
    return last == "tokens" ? [.keywords(["when"])] : []
  }

  var splitOffers: [Offer] {
    if let use = line.lastIndex(where: { $0.text == "use" }) {
      var inner = self
      inner.keep(from: use)
      return inner.useOffers
    }
    if line.last?.lexeme == .share { return [.keywords(["as", "use"])] }
    return line.dropLast().last?.text == "as" ? [.keywords(["use"])] : []
  }
}
