import CatalogImport
import PolicyUnits

/// Reads a config of Portkey's gateway.
///
/// Each target that names its model becomes a model of the catalog; `fallback`, `loadbalance` and
/// `conditional` become fallbacks, splits and routes. Members may be written `like_this` or
/// `likeThis`, as the gateway takes them.
struct PortkeyReader {
  let root: SourceNode
  let options: ImportOptions
  let prices: PriceBook
  var draft = RouterDraft()
  var findings = FindingList()
  var providers = ProviderBook()
  var names = DeclaredNames()
  /// The models of the catalog by what they call.
  var words: [RouterDraft.DeploymentDraft: String] = [:]

  /// What a target takes over from the config around it.
  struct Inherited {
    var options = PlanDraft.Options()
    /// The model a condition asks for.
    var model: String?
  }

  init(_ root: SourceNode, _ options: ImportOptions) {
    self.root = root
    self.options = options
    prices = PriceBook(options.prices, date: options.date)
  }

  mutating func read() {
    let mode = root["strategy"]?["mode"]?.text
    if mode == "conditional" {
      readConditional()
    } else if let (plan, effects) = route(of: root, Inherited(model: options.model)) {
      draft.otherwise = .plan(plan)
      draft.otherwiseEffects = effects
      findings.carriedOver()
    }
    draft.providers = providers.providers
    findings.leaveOutUnread(of: root, because: PortkeyLeftOut.reason)
    findings.unpriced(draft.models, at: SourcePlace("targets", root["targets"]?.line ?? root.line))
  }

  /// A config as what a route does; nil, and told of, if nothing of it can be called.
  mutating func route(
    of node: SourceNode, _ inherited: Inherited
  ) -> (plan: PlanDraft, effects: [EffectDraft])? {
    var effects: [EffectDraft] = []
    guard let tree = tree(of: node, inherited, &effects, isWhole: true),
      let plan = plan(of: tree), !plan.arms.isEmpty
    else { return nil }
    return (plan, effects)
  }

  /// Tells of every member nobody read.
  mutating func leaveOut(_ fields: SourceFields) {
    for member in fields.rest {
      findings.leftOut(member, because: PortkeyLeftOut.reason(of: member.key))
    }
  }
}

extension SourceFields {
  /// The value under either spelling of a key: `max_age` and `maxAge`.
  mutating func either(_ key: String) -> SourceNode? {
    var other = ""
    var isNext = false
    for character in key {
      if character == "_" {
        isNext = true
      } else {
        other += isNext ? character.uppercased() : String(character)
        isNext = false
      }
    }
    let first = take(key)
    return first ?? take(other)
  }
}

/// Members of Portkey's configs that no policy and no catalog has.
enum PortkeyLeftOut {
  static func reason(of key: String) -> (why: String, cure: String) {
    let lower = key.lowercased()
    if lower.contains("guardrail") || lower.contains("hook") {
      return (
        "checks of texts around a call are not carried over",
        "write a `guard` on the request or a `gate` on the answer"
      )
    }
    if lower.contains("sticky") {
      return (
        "a split goes by who asks or by the request, not by members of the metadata",
        "write `split by user` or `split by conversation`"
      )
    }
    if lower.contains("header") || lower.contains("trace") || lower.contains("metadata") {
      return (
        "nothing is added to the head of a call", "the ledger and `/metrics` tell requests apart"
      )
    }
    if lower.hasPrefix("aws") || lower.hasPrefix("vertex") || lower.contains("region") {
      return (
        "it belongs to a way of signing in that Rung does not have",
        "give the provider a key: `key_env` in the catalog"
      )
    }
    return (
      "this importer does not know it", "see whether you need it; nothing stands for it"
    )
  }
}
