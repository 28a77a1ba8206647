import HTTPTypes
import JSONWriting
import PolicyExplain
import PolicyGraph
import PolicySemantics
import RoutingCatalog
import RoutingRuntime

/// `GET /v1/models`: the names a request may ask for.
struct ModelsHandler: Sendable {

  func list(_ exchange: Exchange) async {
    let policy = exchange.policy
    var json = JSONWriter()
    json.object { json in
      json.member("object", "list")
      json.array("data") { json in
        for name in Self.names(policy) { Self.write(name, to: &json) }
      }
    }
    await exchange.answer(200, json.bytes, headers: [.rungPolicy: policy.version])
  }

  func one(_ exchange: Exchange) async {
    let policy = exchange.policy
    let names = Self.names(policy)
    guard let name = names.first(where: { $0.name == exchange.rest }) else {
      return await exchange.refuse(.unknownModel(exchange.rest, among: names.map(\.name)))
    }
    var json = JSONWriter()
    Self.write(name, to: &json)
    await exchange.answer(200, json.bytes, headers: [.rungPolicy: policy.version])
  }

  private struct Name {
    let name: String
    let owner: String
  }

  private static func names(_ policy: ServedPolicy) -> [Name] {
    let checked = policy.explainer.decider.graph.policy
    return [Name(name: "auto", owner: "rung")]
      + checked.ladders.map { Name(name: $0.name, owner: "rung") }
      + zip(checked.vocabulary.models, policy.catalog.models).map {
        Name(name: $0.name, owner: $1.deployments.first?.provider ?? "catalog")
      }
      + policy.catalog.embedders.map {
        Name(name: $0.name, owner: $0.deployments.first?.provider ?? "catalog")
      }
  }

  private static func write(_ name: Name, to json: inout JSONWriter) {
    json.object { json in
      json.member("id", name.name)
      json.member("object", "model")
      json.member("created", 0)
      json.member("owned_by", name.owner)
    }
  }
}
