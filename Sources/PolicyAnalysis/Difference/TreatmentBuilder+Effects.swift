import PolicySemantics
import PolicySource
import PolicySyntax
import PolicyUnits

// What a route does besides calling.
extension TreatmentBuilder {
  mutating func addEffects(of route: CheckedRoute, _ arms: [TreatmentArm]) {
    var caches: [AspectText] = []
    var compressed: [AspectText] = []
    var shapes: [ShapeRule] = []
    for effect in route.effects {
      switch effect {
      case .cache(let rule): caches.append(cache(rule))
      case .shape(let rule): shapes.append(rule)
      case .compress(let id, _):
        if compressions.contains(id) { compressed.append(compression(policy[id])) }
      case .batch(let size, let within, _):
        treatment.aspects[.batch] = AspectText("up to \(size) within \(Amounts.text(within))")
      case .stick(let time, _):
        treatment.aspects[.stick] = AspectText("for \(Amounts.text(time))")
      case .stop(let rule):
        let after = rule.after.map { "after \($0) tokens " } ?? ""
        treatment.aspects[.stop] = AspectText("\(after)when \(words.words(rule.condition))")
      case .shadow(let share, let target):
        treatment.aspects[.shadow] = shadow(share, target)
      }
    }
    // Two caches are tried in their order, whichever is which.
    add(.cache, caches)
    add(.compression, compressed)
    let all = arms.map { shapes + $0.shapes }
    add(.parameters, arms, all.map { AspectText(parameters($0)) })
    add(.system, arms, all.map(system))
  }

  private mutating func add(_ aspect: Aspect, _ texts: [AspectText]) {
    guard !texts.isEmpty else { return }
    treatment.aspects[aspect] = AspectText(
      texts.map(\.content).joined(separator: "; "),
      shown: texts.map(\.shown).joined(separator: "; "))
  }

  private mutating func cache(_ rule: CacheRule) -> AspectText {
    var text = "exact"
    var encoder = ""
    if case .similar(let threshold, let id) = rule.kind {
      text = "similar >= \(Amounts.text(threshold)) by \(policy[id].name)"
      let kept = kept(id)
      places.formUnion(kept.map(CatalogContents.place))
      encoder = kept.isEmpty ? " kept out" : " \(catalog.content(id))"
    }
    text += " for \(Amounts.text(rule.lifetime))"
    switch rule.scope {
    case .per(let identity): text += " per \(identity.rawValue)"
    case .shared: text += " shared"
    }
    return AspectText(text + encoder, shown: text)
  }

  private mutating func compression(_ compression: CheckedCompression) -> AspectText {
    var text = compression.targets.map(\.rawValue).sorted().joined(separator: ", ")
    switch compression.size {
    case .share(let share): text += " to \(Amounts.text(share))"
    case .tokens(let tokens): text += " to \(Amounts.grouped(tokens)) tokens"
    case nil: break
    }
    switch compression.method {
    case .extractive: return AspectText(text + " with extractive")
    case .lossless: return AspectText(text + " with lossless")
    case .model(let id):
      text += " with \(policy[id].name)"
      return reach(id) ? AspectText(text) : AspectText(text + " kept out", shown: text)
    }
  }

  private mutating func shadow(_ share: Share, _ target: CheckedTarget) -> AspectText {
    let named: String
    switch target.kind {
    case .model(let id): named = reach(id) ? policy[id].name : "nothing"
    case .requested:
      for index in policy.vocabulary.models.indices { _ = reach(ModelID(index)) }
      named = "requested"
    case .ladder(let id):
      var names: [String] = []
      for tier in policy[id].tiers where reach(tier.model) { names.append(policy[tier.model].name) }
      named = names.joined(separator: " then ")
    }
    return AspectText("\(Amounts.text(share)) \(named)\(words(target.options))")
  }

  /// The last `set` and the last `default` of a parameter count.
  private func parameters(_ shapes: [ShapeRule]) -> String {
    var said: [String: String] = [:]
    for shape in shapes {
      switch shape.kind {
      case .set(let parameter): said["set " + parameter.name] = parameter.value
      case .byDefault(let parameter): said["default " + parameter.name] = parameter.value
      case .system: continue
      }
    }
    return said.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  private func system(_ shapes: [ShapeRule]) -> AspectText {
    var texts: [AspectText] = []
    for shape in shapes {
      guard case .system(let edit, let text) = shape.kind else { continue }
      let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
      let short = line.count > 40 ? "\(line.prefix(39))…" : line
      texts.append(
        AspectText(
          "\(edit.rawValue) \(text.asPolicyText)",
          shown: "\(edit.rawValue) \(short.asPolicyText)"))
    }
    return AspectText(
      texts.map(\.content).joined(separator: ", "),
      shown: texts.map(\.shown).joined(separator: ", ")
    )
  }
}

extension ShapeRule.Parameter {
  fileprivate var name: String {
    switch self {
    case .temperature: "temperature"
    case .topP: "top_p"
    case .seed: "seed"
    }
  }

  fileprivate var value: String {
    switch self {
    case .temperature(let millionths), .topP(let millionths):
      Amounts.decimal(millionths, scale: 6)
    case .seed(let seed): "\(seed)"
    }
  }
}
