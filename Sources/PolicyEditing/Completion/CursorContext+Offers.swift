import PolicySemantics
import PolicySyntax

// What the grammar lets stand at the cursor, place by place.
extension CursorContext {
  /// Likeliest first.
  var offers: [Offer] {
    switch block {
    case nil: return headOffers
    case .allow: return allowOffers
    case .bounds: return boundOffers
    case .facts: return factOffers
    case .classifier: return classifierOffers
    case .points: return pointsOffers
    case .guarding: return guardOffers
    case .compress: return compressOffers
    case .ladder: return ladderOffers
    case .route: return routeOffers(Snippets.routeLines)
    case .arm: return routeOffers(Snippets.armLines)
    case .split: return splitOffers
    case .test: return testOffers
    case .request: return requestOffers
    case .given: return givenOffers
    case .expect, .always: return expectOffers
    case .parentheses, .unknown: return []
    }
  }

  /// The fields that may stand at the cursor.
  var fields: [FieldWord] {
    offers.flatMap { offer -> [FieldWord] in
      if case .fields(let fields) = offer { fields } else { [] }
    }
  }

  var texts: [String] { line.map(\.text) }
  var last: String? { line.last?.text }

  /// The tokens behind the last of these words; nil if there is none.
  func pieces(after words: String...) -> ArraySlice<CursorPiece>? {
    line.lastIndex { words.contains($0.text) }.map { line[($0 + 1)...] }
  }

  // MARK: - Between and in the heads of declarations

  private var headOffers: [Offer] {
    guard let declaration else {
      guard startsLine else { return [] }
      return [.snippets((startsFile ? [Snippets.version] : []) + Snippets.declarations)]
    }
    let going = goingOn(declaration)
    guard startsLine, line.isEmpty || !isOpen(line[...]) else { return going }
    return going + [.snippets(Snippets.declarations)]
  }

  private func goingOn(_ declaration: Keyword) -> [Offer] {
    switch declaration {
    case .condition:
      return pieces(after: "=", within: 3).map { conditionOffers($0, of: .request) } ?? []
    case .task:
      guard line.count >= 2 else { return [] }
      guard line.count > 2 else { return [.keywords(["when", "otherwise"])] }
      return texts[2] == "when" ? conditionOffers(line[3...], of: .request) : []
    case .route, .guard:
      guard line.count >= 2 else { return [] }
      guard line.count > 2 else { return [.keywords(["when"])] }
      return texts[2] == "when" ? conditionOffers(line[3...], of: .request) : []
    case .always:
      guard line.count >= 2 else { return [] }
      guard line.count > 2 else { return [.keywords(["when"])] }
      return conditionOffers(line[3...], of: .request)
    case .budget, .limit: return budgetOffers(declaration)
    case .gate: return gateOffers
    case .catalog, .zone, .import, .facts, .classifier, .points, .ladder, .compress, .otherwise,
      .test:
      return []
    default: return []
    }
  }

  /// The tokens behind a symbol among the first few.
  private func pieces(after text: String, within count: Int) -> ArraySlice<CursorPiece>? {
    line.prefix(count).firstIndex { $0.text == text }.map { line[($0 + 1)...] }
  }

  private func budgetOffers(_ declaration: Keyword) -> [Offer] {
    if let condition = pieces(after: "when") { return conditionOffers(condition, of: .request) }
    switch last {
    case "=": return declaration == .budget ? [.snippets(Snippets.money)] : []
    case "per":
      let owners = texts.count { $0 == "per" } > 1
      let windows = Offer.values(CheckedBudget.Window.allCases.map(\.rawValue))
      return owners
        ? [windows] : [.values(Identity.allCases.map(\.rawValue)), .symbols([.fact]), windows]
    case "at": return [.keywords(["once"])]
    default: break
    }
    guard line.count > 3 else { return [] }
    if declaration == .limit, line.last?.isNumber == true {
      return [.units(["requests", "tokens", "at once"])]
    }
    return [.keywords(["per", "when"])]
  }

  private var gateOffers: [Offer] {
    if last == "failure" { return [.keywords(["reject", "accept"])] }
    if last == "on" { return [.keywords(["failure"])] }
    guard let condition = pieces(after: "=", within: 3) else { return [] }
    let offers = conditionOffers(condition, of: .answer)
    return condition.isEmpty || isOpen(condition) ? offers : offers + [.keywords(["on failure"])]
  }

  private var allowOffers: [Offer] {
    if line.isEmpty { return [.rules] }
    guard last == "," else { return [] }
    let reason = Snippet("reason", "reason: \"${0:why}\"", "Why it is right here.")
    let until = Snippet("until", "until: ${0:2027-01-31}", "The day it ends.")
    return [.snippets(texts.contains("reason") ? [until] : [reason])]
  }

  private var boundOffers: [Offer] {
    switch last {
    case nil, ",": [.fields(ParameterWords.bounds)]
    case "=":
      texts.contains("max_time") ? [.snippets(Snippets.durations)] : [.snippets(Snippets.money)]
    default: []
    }
  }

  // MARK: - Facts, classifiers, points, guards, compressions

  private var factOffers: [Offer] {
    guard let colon = line.firstIndex(where: { $0.text == ":" }) else { return [] }
    let type = line[(colon + 1)...]
    switch last {
    case ":": return [.snippets(Snippets.factTypes)]
    case "=":
      let words = type.prefix { $0.text != "=" && $0.text != "required" }.map(\.text)
      if words == ["bool"] { return [.values(["true", "false"])] }
      return [.values(words.filter { !["|", "text", "count"].contains($0) })]
    case "from": return [.keywords(["key", "header"])]
    case "|", "header": return []
    default: break
    }
    if startsLine { return [] }
    if texts.contains("from") { return [] }
    return texts.contains("=") || texts.contains("required")
      ? [.keywords(["from key", "from header"])] : [.keywords(["required"])]
  }

  private var classifierOffers: [Offer] {
    switch last {
    case "reads": return [.values(TextPart.allCases.map(\.rawValue))]
    case "ask": return [.models]
    case "on": return [.keywords(["failure"])]
    case "failure", "else": return declared.map { [.labels(of: $0)] } ?? []
    case "timeout": return [.snippets(Snippets.durations)]
    default:
      if line.first?.text == "nearest", line.last?.isNumber == true {
        return [.keywords(["else"])]
      }
      return startsLine || line.isEmpty ? [.snippets(Snippets.classifierLines)] : []
    }
  }

  private var pointsOffers: [Offer] {
    if line.count == 1 { return [.keywords(["when"])] }
    return pieces(after: "when").map { conditionOffers($0, of: .request) } ?? []
  }

  private var guardOffers: [Offer] {
    switch last {
    case "only": return [.keywords(["models"])]
    case "models": return [.keywords(["where"])]
    case "drop": return [.keywords(["tools"])]
    default: break
    }
    let lines: [Offer] = startsLine || line.isEmpty ? [.snippets(Snippets.guardLines)] : []
    guard let condition = pieces(after: "where") else { return lines }
    let going = conditionOffers(condition, of: .model)
    return isOpen(condition) ? going : going + lines
  }

  private var compressOffers: [Offer] {
    switch last {
    case "target": return [.values([TextPart.context.rawValue])]
    case "with": return [.values(["extractive", "lossless"]), .models]
    case "to": return []
    default: break
    }
    let lines: [Offer] = startsLine || line.isEmpty ? [.snippets(Snippets.compressLines)] : []
    switch line.first?.text {
    case "when":
      let going = conditionOffers(line[1...], of: .request)
      return isOpen(line[1...]) ? going : going + lines
    case "to":
      return line.last?.isNumber == true ? [.units(["tokens"])] : [.keywords(["with"])] + lines
    default: return lines
    }
  }
}
