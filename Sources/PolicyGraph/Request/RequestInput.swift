package import PolicySemantics
package import PolicyUnits

/// Everything a decision may read about one request, as plain values.
///
/// The rim fills it: a wire format gives the request's own fields, the caller's key gives identity
/// and key facts, the clock gives the moment, and the recorded state comes from whoever keeps it.
/// Same input, same policy: same decision.
package struct RequestInput: Sendable {
  /// The model asked for; `auto` if the request names none.
  package var model: String = "auto"
  package var stream = false
  /// Output tokens the caller asked for at most; nil if it named none.
  package var maxTokens: Int64?
  /// Answers asked for, each of at most ``maxTokens``; at least one.
  package var choices: Int64 = 1
  /// Millionths; nil if the caller named none.
  package var temperature: Int64?
  package var format: RequestFormat = .text
  package var toolNames: [String] = []
  /// Bytes of the tool definitions and of the response format as they will be sent: they are billed
  /// as input.
  package var schemaBytes: Int64 = 0
  package var imageCount = 0
  package var messages: [Message] = []
  /// The request's `metadata`, where most facts come from.
  package var metadata: [String: GivenFact] = [:]
  /// HTTP headers by lower-case name, only those a fact may read.
  package var headers: [String: String] = [:]
  /// Facts set on the caller's key: beyond the caller's reach.
  package var keyFacts: [String: GivenFact] = [:]
  package var tenant: String?
  package var user: String?
  package var key: String?
  package var conversation: String?
  package var moment: LocalMoment
  package var state = RecordedState()

  package init(moment: LocalMoment) { self.moment = moment }

  package struct Message: Sendable {
    package var role: Role
    /// The text parts of the message, joined with a newline.
    package var text: String

    package init(role: Role, text: String) {
      self.role = role
      self.text = text
    }
  }

  /// `developer` messages count as system text; `tool` messages as context.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case system, developer, user, assistant, tool
  }
}

/// A fact as a request gave it, before it was held against its declared type.
package enum GivenFact: Hashable, Sendable {
  case bool(Bool)
  case integer(Int64)
  case text(String)
  /// A JSON value no fact can hold, by the name of its kind: `number`, `null`, `array`, `object`.
  case other(kind: String)
}

/// The decision's instant in the policy's zone.
package struct LocalMoment: Hashable, Sendable {
  package let date: CalendarDate
  package let weekday: Weekday
  /// 0…23.
  package let hour: Int

  package init(date: CalendarDate, weekday: Weekday, hour: Int) {
    self.date = date
    self.weekday = weekday
    self.hour = hour
  }
}

/// What has been recorded before this request and may sway it.
package struct RecordedState: Sendable {
  /// The caller's use of each budget, reservations included; a budget not named has used nothing.
  package var budgetUse: [BudgetID: Int64] = [:]
  /// Models whose circuit is open; all others are healthy.
  package var unhealthy: Set<ModelID> = []
  /// The model that answered this conversation last, for `stick`.
  package var lastModel: ModelID?
  /// Classifier answers that are known: label indices.
  package var classifiers: [ClassifierID: Int] = [:]
  /// Those of them that gave none: what is known of them is what they are when they fail.
  package var failedClassifiers: Set<ClassifierID> = []

  package init() {}
}
