import PolicySemantics

/// Where the value of a field stands among a request's values, and how it gets there.
///
/// Slots come in three runs: every declared fact (at its own index), every classifier, then each
/// field some test reads, in the order it was first written.
struct FieldSlots: Hashable, Sendable {
  let factCount: Int
  let classifierCount: Int
  /// What fills each slot of the third run.
  var read: [SlotSource] = []
  private var places: [SlotSource: Int] = [:]

  init(facts: Int, classifiers: Int) {
    factCount = facts
    classifierCount = classifiers
  }

  var count: Int { factCount + classifierCount + read.count }

  func slot(of fact: FactID) -> Int { fact.index }

  func slot(of classifier: ClassifierID) -> Int { factCount + classifier.index }

  /// The source of a slot of the third run; nil for a fact or a classifier.
  func source(ofSlot slot: Int) -> SlotSource? {
    let index = slot - factCount - classifierCount
    return read.indices.contains(index) ? read[index] : nil
  }

  mutating func slot(of source: SlotSource) -> Int {
    if let place = places[source] { return place }
    let place = count
    places[source] = place
    read.append(source)
    return place
  }
}

/// A field of a request that is neither a declared fact nor a classifier.
enum SlotSource: Hashable, Sendable {
  case stream
  case healthy(ModelID)
  case format, weekday, hour, date
  case maxTokens, temperature
  case tools, images, messages, turn
  case budgetUsedShare(BudgetID), budgetLeftShare(BudgetID)
  case budgetUsed(BudgetID), budgetLeft(BudgetID)
  case model
  case identity(Identity)
  // Read when first asked for.
  case chars(TextPart), tokens(TextPart), lines(TextPart)
  case language

  /// Whether the value costs a look at a text, and so waits until a test asks for it.
  var isLate: Bool {
    switch self {
    case .chars, .tokens, .lines, .language: true
    case .stream, .healthy, .format, .weekday, .hour, .date, .maxTokens, .temperature, .tools,
      .images, .messages, .turn, .budgetUsedShare, .budgetLeftShare, .budgetUsed, .budgetLeft,
      .model, .identity:
      false
    }
  }

  /// Whether it is a number of things in a text, each of which takes a byte or more.
  var isTextSize: Bool { isLate && self != .language }
}

/// Values that stand for something else than themselves.
enum SlotValue {
  /// A late slot nobody has asked for, or a classifier nobody has answered.
  static let unread = Int64.min
  /// A name no test of the policy mentions.
  static let unnamed: Int64 = -1
  /// The request has no such identity.
  static let absent: Int64 = -2
}
