import CatalogImport
import PolicyUnits
import RoutingCatalog

/// Reads the `config.yaml` of LiteLLM's proxy.
///
/// A model group (all entries of one `model_name`) becomes a model of the catalog with its
/// deployments, and a route for requests that ask for it by name. Where the deployments of a group
/// cost different amounts, each price has a model of its own and the route splits between them.
struct LiteLLMReader {
  let root: SourceNode
  let options: ImportOptions
  let prices: PriceBook
  var draft = RouterDraft()
  var findings = FindingList()
  var providers: ProviderBook
  var settings = LiteLLMSettings()
  /// In the order of the file.
  var groups: [LiteLLMGroup] = []

  init(_ root: SourceNode, _ options: ImportOptions) {
    self.root = root
    self.options = options
    prices = PriceBook(options.prices, date: options.date)
    providers = ProviderBook(naming: root.environmentVariables)
  }

  mutating func read() {
    var fields = SourceFields(root)
    let list = fields.take("model_list")
    let router = fields.take("router_settings")
    let library = fields.take("litellm_settings")
    readSettings(router: router, library: library)
    if let general = fields.take("general_settings") { leaveOut(SourceFields(general)) }
    leaveOut(fields, sharing: true)
    for entry in list?.elements ?? [] { readDeployment(entry) }
    if settings.weightless == nil {
      for index in groups.indices { groups[index].weigh(&findings) }
    }
    groups.removeAll { $0.members.isEmpty }
    if let list, !list.isList {
      findings.leftOut(list, "it is no list of models", cure: "write each model with a `- `")
    }
    draft.providers = providers.providers
    LiteLLMRoutes.write(into: &self)
    findings.leaveOutUnread(of: root, because: LiteLLMLeftOut.reason)
  }

  /// Tells of every member nobody read, with what is known of it.
  ///
  /// With `sharing`, one that nobody knows and that is shared is told of where it is used.
  mutating func leaveOut(_ fields: SourceFields, sharing: Bool = false) {
    for member in fields.rest {
      if sharing, member.value.isShared, !LiteLLMLeftOut.knows(member.key) {
        member.stored.settle()
        continue
      }
      if case .bool(false) = member.value.content, LiteLLMLeftOut.isOffAnyway(member.key) {
        findings.carriedOver()
      } else {
        findings.leftOut(member, because: LiteLLMLeftOut.reason(of: member.key))
      }
    }
  }
}

extension SourceNode {
  /// The names of all variables this points to with `os.environ/NAME`.
  var environmentVariables: Set<String> {
    switch content {
    case .text: environmentVariable.map { [$0] } ?? []
    case .object(let members):
      members.reduce(into: []) { $0.formUnion($1.stored.environmentVariables) }
    case .list(let elements):
      elements.reduce(into: []) { $0.formUnion($1.environmentVariables) }
    case .number, .bool, .null: []
    }
  }

  /// `NAME` of `os.environ/NAME`; nil for every other text.
  var environmentVariable: String? {
    guard case .text(let text) = content, text.hasPrefix("os.environ/") else { return nil }
    return String(text.dropFirst("os.environ/".utf8.count))
  }
}
