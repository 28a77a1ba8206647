package import RoutingCatalog

/// What tells one deployment from another: two models that run at the same place share its health.
package struct DeploymentName: Hashable, Sendable {
  package let provider: String
  /// The provider's own name for the model.
  package let upstream: String
  package let region: String?

  package init(provider: String, upstream: String, region: String? = nil) {
    self.provider = provider
    self.upstream = upstream
    self.region = region
  }

  package init(_ deployment: UpstreamDeployment) {
    self.init(
      provider: deployment.provider, upstream: deployment.upstream, region: deployment.region)
  }
}

extension DeploymentName: Comparable {
  package static func < (a: DeploymentName, b: DeploymentName) -> Bool {
    (a.provider, a.upstream, a.region ?? "") < (b.provider, b.upstream, b.region ?? "")
  }
}

extension DeploymentName: CustomStringConvertible {
  /// `azure-fr gpt-4o in eu`.
  package var description: String {
    region.map { "\(provider) \(upstream) in \($0)" } ?? "\(provider) \(upstream)"
  }
}
