/// What a policy says about one request.
///
/// A plain value: the same request under the same policy, at the same time and with the same state,
/// gives the same decision. Nobody is called to make it and nothing is kept of it.
public struct Decision: Hashable, Sendable {
  /// How the request ended.
  public let outcome: Outcome
  /// The route that matched; known also when the request was refused after it was found.
  public let route: String?
  /// The task; nil if the policy declares none, or if a classifier has to answer first.
  public let task: String?
  /// The arm of the route's split; nil for a route without one.
  public let arm: String?
  /// The model that is called first; nil if nobody is called.
  public let model: String?
  /// Every call whose answer the caller could get, in the order they would be made: what was
  /// selected, tier by tier, then its fallbacks.
  ///
  /// Calls that will not be made are left out.
  public let tiers: [Tier]
  /// What the route asks for beside the calls, in the order it would happen.
  ///
  /// Empty if there is nothing but calls.
  public let effects: [Effect]
  /// Every budget and limit the request meets, as information: nothing is reserved here.
  public let budgets: [Budget]
  /// What everything the decision may call would cost.
  public let cost: Cost
  /// Why the request is not served; nil unless ``outcome`` is ``Outcome/refused``.
  public let refusal: Refusal?
  /// The classifier that has to answer first; nil unless ``outcome`` is ``Outcome/needs``.
  ///
  /// Put its answer into ``RecordedState/classifiers`` and decide again.
  public let classifier: String?
  /// Which policy decided: a digest of its files, in hexadecimal.
  public let policy: String
  /// Which catalog it decided with: a digest, in hexadecimal.
  public let catalog: String

  /// How a request ends.
  public enum Outcome: String, Hashable, Sendable {
    /// A route serves it.
    case route
    /// It is refused.
    case refused
    /// A classifier has to answer first.
    case needs
  }

  /// One call whose answer the caller could get.
  public struct Tier: Hashable, Sendable {
    /// `model`, `tier 1`, `fallback on too_long, tier 2`.
    public let step: String
    /// The ladder it belongs to; nil for a model called directly.
    public let ladder: String?
    /// The model's name in the catalog.
    public let model: String
    /// The deployments every guard keeps, in catalog order: the provider, and its region in brackets
    /// if it has one.
    public let deployments: [String]
    /// Failures of what was selected after which it is called: `unavailable`, `limited`,
    /// `too_long`, `filtered` and so on.
    ///
    /// Empty for what was selected.
    public let follows: [String]
    /// How often it is tried in all, at least once.
    public let attempts: Int
    /// The most output tokens it may be asked for; nil if nothing limits it.
    public let maxOutput: Int64?
    /// What all its attempts would cost.
    public let cost: Cost
  }

  /// One line of the route, or one consequence of another declaration.
  public struct Effect: Hashable, Sendable {
    /// As the policy writes it: `cache exact 10m per tenant`.
    public let text: String
    /// Whether it applies to this request.
    public let applies: Bool
  }

  /// A budget or limit the request meets.
  public struct Budget: Hashable, Sendable {
    /// Its name in the policy.
    public let name: String
    /// What ``cap``, ``used`` and ``left`` count.
    public let unit: Unit
    /// The most that may be used.
    public let cap: Int64
    /// What the caller has used, as the request's state says.
    public let used: Int64
    /// What is left, never negative.
    public let left: Int64

    /// What a budget counts.
    public enum Unit: String, Hashable, Sendable {
      /// Nano-units of the catalog's currency: 1.5 is 1,500,000,000.
      case nanos
      /// Requests in its window.
      case requests
      /// Tokens of prompts and answers in its window.
      case tokens
      /// Requests at the same time.
      case atOnce = "at_once"
    }
  }

  /// Why a request is not served.
  public struct Refusal: Hashable, Sendable {
    /// `guard`, `route`, `budget`, `no_call_left` or `unreadable`.
    public let code: String
    /// One line for a person, with the name of what refused.
    public let text: String
    /// The line of the policy that says so; nil if there is none.
    public let place: Place?
  }

  /// What something costs: at least, expected, at most.
  public struct Cost: Hashable, Sendable {
    /// The cheapest way it can end with an answer.
    public let atLeast: Amount
    /// By the acceptance rates of the catalog or the request's state.
    public let expected: Amount
    /// Never passed: every attempt is billed, every gate rejects.
    public let atMost: Amount
  }

  /// An amount of the catalog's currency, exact, or why there is none.
  ///
  /// Unknown is never zero.
  public enum Amount: Hashable, Sendable {
    /// Nano-units of the currency, a three-letter code: $0.0015 is 1,500,000 of `USD`.
    case known(nanos: Int64, currency: String)
    /// The reason, one line.
    case unknown(String)

    /// Nano-units of the currency; nil if it is unknown.
    public var nanos: Int64? {
      switch self {
      case .known(let nanos, _): nanos
      case .unknown: nil
      }
    }
  }
}

/// A place in a file, as editors count.
public struct Place: Hashable, Sendable {
  /// The path as the policy was given, or relative to it.
  public let path: String
  /// From 1.
  public let line: Int
  /// In UTF-8 bytes, from 1.
  public let column: Int
}

/// Why a request was decided as it was.
public struct Explanation: Hashable, Sendable {
  /// For people: what `rung explain` prints, without colours.
  public let text: String
  /// For machines: what `rung explain --format json` prints, byte for byte.
  public let json: String
}
