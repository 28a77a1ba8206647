public import Foundation

/// A request to be decided: the body a client would send, and what is known beside it.
///
/// ```swift
/// var request = Request(body: Array(httpBody))
/// request.facts["plan"] = "pro"
/// request.tenant = "acme"
/// ```
public struct Request: Sendable {
  /// The JSON of OpenAI's `POST /v1/chat/completions`, in UTF-8; at most 10 MiB.
  public var body: [UInt8]
  /// What explanations call it, such as the file it came from; nil for nothing.
  public var name: String?
  /// Facts the policy declares, by name, wherever it takes them from: the body's `metadata`, the
  /// caller's key or a header.
  ///
  /// One it does not declare is an error.
  public var facts: [String: Fact] = [:]
  /// Headers that came with the request.
  ///
  /// Only those are read that the policy takes a fact from; upper and lower case are the same.
  public var headers: [String: String] = [:]
  /// The caller's tenant; nil if unknown.
  public var tenant: String?
  /// The caller's user; nil leaves the body's own `user`.
  public var user: String?
  /// The name of the caller's key; nil if unknown.
  public var key: String?
  /// The conversation the request belongs to; nil if it is alone.
  public var conversation: String?
  /// When it is asked.
  public var time: Time = .now
  /// What happened before it.
  public var state = RecordedState()

  /// A request with a body and nothing known beside it, asked now.
  public init(body: [UInt8], name: String? = nil) {
    self.body = body
    self.name = name
  }

  /// A fact about a request.
  ///
  /// A literal will do: `"pro"`, `true`, `12`.
  public enum Fact: Hashable, Sendable {
    /// `true` or `false`.
    case bool(Bool)
    /// A whole number.
    case integer(Int64)
    /// A text, or any fact as text: `true`, `12`, `pro`.
    case text(String)
  }

  /// When a request is asked.
  ///
  /// A policy reads its day and hour, in its own time zone.
  public enum Time: Hashable, Sendable {
    /// When it is decided, by the clock of the policy.
    case now
    /// An instant between the years 1 and 9999.
    case at(Date)
    /// `2026-03-01T09:30:00Z`, `2026-03-01T09:30:00+01:00`, `2026-03-01` for midnight UTC, or
    /// `2026-03-01T09:30:00` for the wall clock of the policy's own zone.
    case text(String)
  }
}

extension Request.Fact: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral
{
  /// A text, or any fact as text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// A truth value.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
}

/// What was recorded before a request and may sway it.
///
/// A policy in a program keeps no state of its own: budgets are as if nothing had been used, every
/// model is healthy, no classifier has answered and no conversation has begun, unless it is said
/// here. A gateway (`rung serve`) reads the same from its ledger.
public struct RecordedState: Sendable {
  /// What budgets and limits have used, by name; one that is not named has used nothing.
  public var budgets: [String: BudgetUse] = [:]
  /// Answers of classifiers, by name: one of the labels each declares.
  public var classifiers: [String: String] = [:]
  /// Models whose circuit is open; all others are healthy.
  public var unhealthy: [String] = []
  /// The share of a model's answers that pass their gates, by model, as `80%`: the expected cost
  /// rests on it.
  ///
  /// It wins over the catalog's.
  public var acceptance: [String: String] = [:]

  /// Nothing has happened.
  public init() {}

  /// How much of a budget or limit has been used.
  public enum BudgetUse: Hashable, Sendable, ExpressibleByStringLiteral {
    /// `80%` of its cap, `$1.50` of money, or a whole number of requests, tokens or calls.
    case text(String)
    /// In the budget's own unit: nano-units of money (1.5 is 1,500,000,000), requests, tokens or
    /// calls. Never negative.
    case units(Int64)

    /// `80%`, `$1.50` or `40`.
    public init(stringLiteral value: String) { self = .text(value) }
  }
}
