package import Logging
package import RoutingHealth

extension HealthChange {
  /// One line when a circuit opens or closes; a probe is no news.
  package func log(to logger: Logger) {
    let metadata: Logger.Metadata = [
      "provider": "\(deployment.provider)", "upstream": "\(deployment.upstream)",
      "region": "\(deployment.region ?? "none")",
    ]
    switch to {
    case .open where from == .closed:
      logger.warning("circuit opened: the deployment rests", metadata: metadata)
    case .closed: logger.info("circuit closed: the deployment is back", metadata: metadata)
    case .open, .halfOpen: return
    }
  }
}
