package import CatalogImport
import PolicyDiagnostics
package import PolicySource
package import PolicyUnits

/// Makes a Rung policy and its catalog of another router's configuration, as far as it goes.
///
/// Pure: bytes in, texts and findings out. What cannot be carried over is named, each with its line;
/// no secret is copied out or shown; and a policy that would not check is never handed out.
package enum PolicyImport {
  package static func read(
    _ format: RouterFormat, _ file: SourceFile, _ options: ImportOptions = ImportOptions()
  ) throws(ImportProblem) -> ImportedPolicy {
    let root = try SourceNode.read(file, as: format)
    try refuseStranger(root, format)
    var made = draft(of: root, format, options)
    made.draft.shareParameters(&made.findings)
    guard !made.draft.models.isEmpty else {
      return ImportedPolicy(
        format: format, policy: nil, catalog: nil, models: 0,
        embedders: made.draft.embedders.count, routes: 0, translated: made.findings.translated,
        findings: made.findings.sorted)
    }
    let fitting = try DraftFitting(
      made.draft, made.findings,
      origin: "From a configuration of \(format.title), by `rung import`.")
    return ImportedPolicy(
      format: format, policy: fitting.policy, catalog: fitting.catalog,
      models: fitting.draft.models.count, embedders: fitting.draft.embedders.count,
      routes: fitting.draft.routes.count + 1, translated: fitting.findings.translated,
      findings: fitting.findings.sorted)
  }

  private static func draft(
    of root: SourceNode, _ format: RouterFormat, _ options: ImportOptions
  ) -> (draft: RouterDraft, findings: FindingList) {
    switch format {
    case .litellm:
      var reader = LiteLLMReader(root, options)
      reader.read()
      return (reader.draft, reader.findings)
    case .portkey:
      var reader = PortkeyReader(root, options)
      reader.read()
      return (reader.draft, reader.findings)
    case .semanticRouter:
      var reader = SemanticRouterReader(root, options)
      reader.read()
      return (reader.draft, reader.findings)
    }
  }

  /// A file with none of the keys of its format is somebody else's.
  private static func refuseStranger(
    _ root: SourceNode, _ format: RouterFormat
  ) throws(ImportProblem) {
    func has(_ format: RouterFormat) -> Bool { format.marks.contains { root[$0] != nil } }
    guard !has(format) else { return }
    for other in RouterFormat.allCases where other != format && has(other) {
      throw .otherFormat(other, wanted: format)
    }
  }
}

extension RouterFormat {
  /// Keys at the top of its files.
  fileprivate var marks: [String] {
    switch self {
    case .litellm: ["model_list", "litellm_settings", "router_settings", "general_settings"]
    case .portkey: ["strategy", "targets", "virtual_key", "provider", "retry", "cache"]
    case .semanticRouter:
      ["vllm_endpoints", "model_config", "decisions", "routing", "categories", "signals"]
    }
  }
}

/// What is known beside the configuration.
package struct ImportOptions: Sendable {
  /// A price list, as `rung catalog import` reads it; nil: prices are those of the file, or unknown.
  package var prices: CatalogDraft?
  /// The day the list was read.
  package var date: CalendarDate?
  /// Addresses of what the file names only: variables, slugs and virtual keys.
  package var addresses: [String: String]
  /// The model callers ask for, where the configuration leaves that to them.
  package var model: String?
  /// The file's name, for the source of its own prices.
  package var source: String

  package init(
    prices: CatalogDraft? = nil, date: CalendarDate? = nil, addresses: [String: String] = [:],
    model: String? = nil, source: String = "the configuration"
  ) {
    self.prices = prices
    self.date = date
    self.addresses = addresses
    self.model = model
    self.source = source
  }
}

/// What was made of a configuration.
package struct ImportedPolicy: Sendable {
  package let format: RouterFormat
  /// Nil, and the catalog with it, if no model of the configuration could be carried over.
  package let policy: String?
  package let catalog: String?
  package let models: Int
  package let embedders: Int
  /// With `otherwise`.
  package let routes: Int
  /// Settings that were carried over.
  package let translated: Int
  /// By line.
  package let findings: [ImportFinding]

  package var extent: Extent {
    if policy == nil { return .nothing }
    return findings.contains { $0.kind == .leftOut } ? .inPart : .whole
  }

  package enum Extent: String, Hashable, Sendable, CaseIterable {
    case whole, inPart = "in_part", nothing
  }
}
