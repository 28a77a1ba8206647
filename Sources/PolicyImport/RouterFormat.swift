/// The programs whose configuration can be read.
package enum RouterFormat: String, Hashable, Sendable, CaseIterable {
  /// The `config.yaml` of LiteLLM's proxy.
  case litellm
  /// A config of Portkey's gateway, in JSON.
  case portkey
  /// The `config.yaml` of vLLM's semantic router.
  case semanticRouter = "semantic-router"

  /// As its makers write it.
  package var title: String {
    switch self {
    case .litellm: "LiteLLM"
    case .portkey: "Portkey"
    case .semanticRouter: "vLLM semantic router"
    }
  }
}
