import PolicyGraph
import PolicySemantics
import PolicySource
import PolicyUnits

/// What changed between two requests, one line for each value and each test of a text.
struct ChangeWords {
  private let own: OwnRequest
  private let new: OwnRequest
  private let regions: RegionSpace
  private let policy: CheckedPolicy

  init(_ own: OwnRequest, _ new: OwnRequest, _ regions: RegionSpace) {
    self.own = own
    self.new = new
    self.regions = regions
    policy = regions.graphs[0].policy
  }

  /// In the order of the names; what a text says besides, which nothing hangs on, is left out.
  func changes(in names: [String], of region: Diagram) -> [FieldChange] {
    let read = Set(regions.store.support(of: region))
    let differs = regions.space.variables.indices.filter { own.cells[$0] != new.cells[$0] }
    return names.flatMap { name -> [FieldChange] in
      let mine = differs.filter { own.fields[$0].contains(name) }
      switch name {
      case "moment":
        return [value(name, moment(own.input), moment(new.input))].compactMap { $0 }
      case "tools":
        return [value(name, tools(own.input), tools(new.input))].compactMap { $0 }
      case TextPart.question.rawValue, TextPart.system.rawValue, TextPart.context.rawValue:
        let told = mine.filter(read.contains)
        return (told.isEmpty ? mine : told).flatMap { texts(name, $0) }
      default: return mine.flatMap { plain(name, $0) }
      }
    }
  }

  private func value(_ name: String, _ from: String, _ to: String) -> FieldChange? {
    from == to ? nil : FieldChange(field: name, what: .value(from: from, to: to))
  }

  private func plain(_ name: String, _ level: Int) -> [FieldChange] {
    let field = regions.space.variables[level].field
    // A tenant nobody named goes along with the key.
    if field == .identity(.tenant), name == "key",
      new.input.tenant != nil || regions.space.level(of: .identity(.key)) != nil
    {
      return []
    }
    let shown = name == "messages" && field == .turn ? "turn" : name
    return [value(shown, words(field, own.values[level]), words(field, new.values[level]))]
      .compactMap { $0 }
  }

  private func texts(_ name: String, _ level: Int) -> [FieldChange] {
    let field = regions.space.variables[level].field
    if case .text(_, let probe) = field {
      let must = new.cells[level] == 1 ? "must" : "must not"
      return [FieldChange(field: name, what: .text("\(must) \(probe.infinitive)"))]
    }
    let (from, to) = (words(field, own.values[level]), words(field, new.values[level]))
    return from == to
      ? [] : [FieldChange(field: name, what: .value(from: "\(field.words) \(from)", to: to))]
  }

  private func words(_ field: AnalysisField, _ value: FieldValue?) -> String {
    switch value {
    case .flag(let flag): flag ? "true" : "false"
    case .number(.max) where field == .maxTokens: "none"
    case .number(let number): field.value(number, policy)
    case .label(let label): label
    case .name(let name): name.text.asPolicyText
    case .absent, nil: "none"
    }
  }

  private func moment(_ input: RequestInput) -> String {
    let moment = input.moment
    let day = RequestBlock.day(moment.date.daysSince1970)
    return "\(moment.weekday.rawValue) \(day) \(moment.hour < 10 ? "0" : "")\(moment.hour):00"
  }

  private func tools(_ input: RequestInput) -> String {
    let names = input.toolNames.prefix(4).joined(separator: ", ")
    return names.isEmpty ? "none" : names + (input.toolNames.count > 4 ? ", …" : "")
  }
}

extension TextProbe {
  /// After `must`: `mention "refund" or "money back"`.
  fileprivate var infinitive: String {
    switch self {
    case .mentions(let words): "mention " + Self.any(words.map(\.text))
    case .contains(let texts): "contain " + Self.any(texts.map(\.text))
    case .startsWith(let text): "start with \(text.text.asPolicyText)"
    case .matches(let pattern): "match /\(pattern)/"
    case .has(let feature): "have \(feature.rawValue)"
    }
  }

  private static func any(_ words: [String]) -> String {
    let shown = words.prefix(3).map(\.asPolicyText).joined(separator: " or ")
    return words.count > 3 ? shown + " or \(words.count - 3) more" : shown
  }
}
