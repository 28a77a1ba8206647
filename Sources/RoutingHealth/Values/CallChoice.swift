package import PolicyUnits
package import RoutingCatalog

/// A call that looks for a deployment.
package struct CallWish: Sendable {
  package let model: CatalogModel
  /// Indices into the model's deployments: the ones a plan keeps.
  package var among: [Int]
  /// Whether it repeats a call of the same step that failed.
  package var isRepeat = false
  /// What this request has tried: others are taken first.
  package var tried: Set<DeploymentName> = []
  /// What this request must not call again.
  package var barred: Set<DeploymentName> = []
  /// The most tokens it may use, of prompt and answer; nil if nothing bounds them.
  package var tokens: Int64?

  package init(_ model: CatalogModel, among: [Int]? = nil, tokens: Int64? = nil) {
    self.model = model
    self.among = among ?? Array(model.deployments.indices)
    self.tokens = tokens
  }
}

package enum CallChoice: Sendable {
  /// An index into the model's deployments, and the ticket its end is told with.
  case call(Int, CallTicket)
  case none(NoCall)
}

/// One call that left; its end is told once.
package struct CallTicket: Sendable {
  package let deployment: DeploymentName
  package let isProbe: Bool
  let stretch: Circuit.Stretch
  let model: String
  let choice: UInt64
  let counted: CountedCall
}

/// Why no deployment may be called now.
package struct NoCall: Hashable, Sendable {
  package let reason: Reason
  /// How long until one may be; nil if waiting is no use.
  package let wait: Milliseconds?
  /// The deployment that may be called first; nil if none may.
  package let deployment: DeploymentName?

  package enum Reason: String, Hashable, Sendable, CaseIterable {
    /// It failed too often in a row.
    case open
    /// It asked not to be called for a while.
    case resting
    /// Its requests of this minute are used up.
    case requests
    /// Its tokens of this minute are used up.
    case tokens
    /// Too much is being repeated.
    case repeats
    /// This request must not call it again.
    case barred
  }
}

extension NoCall.Reason {
  /// Whether it is a limit that was reached, and not a fault.
  package var isLimit: Bool {
    switch self {
    case .resting, .requests, .tokens: true
    case .open, .repeats, .barred: false
    }
  }
}
